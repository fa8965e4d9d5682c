package io.xenpatch.simulator.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One copy of each value that many rows have: pools of a process have mostly the same names, sizes and dates. Thread-safe. Values of
 * rows are never changed in place, so that they can be shared.
 */
final class SharedValues {
    /** Enough for what one pool has; more would only remember what nobody else has. */
    private static final int MOST = 50_000;

    private final Map<Object, Object> known = new ConcurrentHashMap<>();

    /** The copy of a value that all share; the value itself when too many are known already. */
    Object of(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        var found = known.get(value);
        if (found != null) {
            return found;
        }
        if (known.size() >= MOST) {
            return value;
        }
        var lasting = lasting(value);
        var before = known.putIfAbsent(lasting, lasting);
        return before == null ? lasting : before;
    }

    private static Object lasting(Object value) {
        if (value instanceof List<?> list) {
            return List.copyOf(list);
        }
        return value instanceof Map<?, ?> map
                ? Collections.unmodifiableMap(new LinkedHashMap<Object, Object>(map))
                : value;
    }
}

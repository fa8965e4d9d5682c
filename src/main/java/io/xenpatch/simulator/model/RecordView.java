package io.xenpatch.simulator.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a row as a map in the order of the data model, made of the row's values while it is read. */
final class RecordView extends AbstractMap<String, Object> {
    private final Map<String, XapiClass.Slot> slots;
    private final Function<XapiClass.Slot, Object> value;

    RecordView(XapiClass type, Function<XapiClass.Slot, Object> value) {
        this.slots = type.slots();
        this.value = value;
    }

    @Override
    public int size() {
        return slots.size();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return slots.containsKey(key);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        var slot = slots.get(key);
        return slot == null ? null : value.apply(slot);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return slots.size();
            }

            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return slots.values().stream()
                        .map(slot -> Map.entry(slot.name(), value.apply(slot)))
                        .iterator();
            }
        };
    }
}

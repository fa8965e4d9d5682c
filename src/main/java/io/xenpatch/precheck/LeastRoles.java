package io.xenpatch.precheck;

import io.xenpatch.xen.Permissions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** The least role that XAPI gives each call of Xenpatch to, as a release of XAPI ships them (xapi.md §2.2). */
public final class LeastRoles {

    private static final String TABLE = "/precheck/least-roles.properties";
    private static final Map<String, String> BY_PERMISSION = read();

    private LeastRoles() {}

    /**
     * XAPI's name of the role, such as {@code pool-operator}; empty for a call that Xenpatch does not make.
     *
     * @param call as {@link Permissions#allow} takes it
     */
    public static Optional<String> of(String call) {
        return Optional.ofNullable(BY_PERMISSION.get(Permissions.nameOf(call)));
    }

    /** The permissions of all calls that Xenpatch makes. */
    public static Set<String> permissions() {
        return BY_PERMISSION.keySet();
    }

    private static Map<String, String> read() {
        Properties table = new Properties();
        try (InputStream stream = Objects.requireNonNull(LeastRoles.class.getResourceAsStream(TABLE), TABLE)) {
            table.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, table::getProperty));
    }
}

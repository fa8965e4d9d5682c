package io.xenpatch.xen;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a session may call, as XAPI tells it (xapi.md §2.2).
 *
 * @param everything the local superuser, whom nothing is forbidden; XAPI names no permissions for it
 * @param names as XAPI writes them: messages in lower case, such as {@code host.reboot}; handlers as {@code http/get_updates}.
 *     Names with a key ({@code …/key:…}) allow that key only, so they allow no message
 */
public record Permissions(boolean everything, Set<String> names) {

    private static final String HANDLER = "GET /";

    /** Of the local superuser. */
    public static final Permissions EVERYTHING = new Permissions(true, Set.of());

    public Permissions {
        names = Set.copyOf(names);
    }

    /** Of somebody with a role. */
    public static Permissions of(Collection<String> names) {
        return new Permissions(false, Set.copyOf(names));
    }

    /** @param call a message such as {@code host.reboot}, without {@code Async.}, or a document such as {@code GET /updates} */
    public boolean allow(String call) {
        return everything || names.contains(nameOf(call));
    }

    /** Those of them that are among these only: a whole role has thousands. */
    public Permissions among(Set<String> permissions) {
        return new Permissions(
                everything, names.stream().filter(permissions::contains).collect(Collectors.toUnmodifiableSet()));
    }

    /** The name of the permission that a call needs. */
    public static String nameOf(String call) {
        return call.startsWith(HANDLER)
                ? "http/get_" + call.substring(HANDLER.length())
                : call.toLowerCase(Locale.ROOT);
    }
}

package io.xenpatch.xen;

import java.util.List;

/**
 * What the updater plugin of an XCP-ng host says it did.
 *
 * @param names the packages that were installed or replaced, without version, in its order; empty when there was nothing to do, or
 *     when it does not say
 */
public record PackagesInstalled(List<String> names) {

    /** Nothing is known of what was installed. */
    public static final PackagesInstalled UNKNOWN = new PackagesInstalled(List.of());

    public PackagesInstalled {
        names = List.copyOf(names);
    }
}

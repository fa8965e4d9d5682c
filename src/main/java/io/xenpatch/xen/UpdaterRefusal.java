package io.xenpatch.xen;

import java.util.List;
import java.util.Set;

/** Why the updater plugin of an XCP-ng host did not do what it was asked to. It puts all of it into words (peers.md §2). */
public enum UpdaterRefusal {
    /** Something else runs in it: ask again in a moment (R12). Nothing happened. */
    BUSY,
    /** An update runs already; it goes on although this one was refused. */
    UPDATE_IN_PROGRESS,
    /** The host has no such plugin, or one that is too old. */
    NO_PLUGIN,
    /** The package manager, or something on its way, failed. */
    FAILED;

    private static final Set<String> MISSING = Set.of("XENAPI_MISSING_PLUGIN", "UNKNOWN_XENAPI_PLUGIN_FUNCTION");

    /**
     * @param code XAPI's error code, the plugin's {@code -1}, or the number of an error
     * @param parameters the plugin's message first
     */
    public static UpdaterRefusal of(String code, List<String> parameters) {
        String message = parameters.isEmpty() ? "" : parameters.get(0);
        if (MISSING.contains(code)) {
            return NO_PLUGIN;
        } else if (message.startsWith("The updater plugin is busy (current operation: update)")
                || message.equals("Update already in progress")) {
            return UPDATE_IN_PROGRESS;
        }
        return message.startsWith("The updater plugin is busy") ? BUSY : FAILED;
    }

    /** Whether something else runs in the plugin, so that it may be asked again in a moment. */
    public boolean isBusy() {
        return this == BUSY || this == UPDATE_IN_PROGRESS;
    }

    /** Whether the plugin is certain to have done nothing. */
    public boolean nothingHappened() {
        return this != FAILED;
    }
}

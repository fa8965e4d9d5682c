package io.xenpatch.simulator;

import java.util.Locale;

/** Where a repository's updates come from. */
public enum RepositoryOrigin {
    /** A server of the vendor, or a mirror of it. */
    REMOTE,
    /** A file that somebody uploads. */
    BUNDLE,
    /** The coordinator of another pool, from what that pool uses. */
    REMOTE_POOL;

    /** XAPI's word, for example {@code remote_pool}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

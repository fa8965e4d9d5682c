package io.xenpatch.xen;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a host that a later version of the server no longer has (xencenter.md §4.2).
 *
 * @param legacySsl {@code ssl_legacy}: old protocols are still accepted; false when the server does not say
 * @param powerOnMode {@code power_on_mode}, for example {@code iLO}; empty = off, or the server does not say
 */
public record RetiredSettings(boolean legacySsl, String powerOnMode) {
    public static final RetiredSettings NONE = new RetiredSettings(false, "");

    /** For states that an earlier version kept, which don't tell. */
    static RetiredSettings orNone(@Nullable RetiredSettings kept) {
        return kept == null ? NONE : kept;
    }
}

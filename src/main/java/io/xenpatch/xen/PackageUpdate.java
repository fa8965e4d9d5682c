package io.xenpatch.xen;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A package that an XCP-ng host lacks, as its updater plugin tells it (R12).
 *
 * @param name without version, for example {@code xen-hypervisor}
 * @param summary one line
 * @param url its home page; may be empty
 * @param size bytes to download; 0 when unknown
 * @param change the latest entry of its change log; null when it has none
 */
public record PackageUpdate(
        String name,
        String version,
        String release,
        String summary,
        String url,
        long size,
        String license,
        @Nullable Change change) {

    /** @param at when it was written; null when it does not say */
    public record Change(@Nullable Instant at, String author, String text) {}
}

package io.xenpatch.xen;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code pool_update} as its publisher describes it in an update feed (xencenter.md §10); a pool need not have it.
 *
 * @param url where people read about it; empty when the feed does not say
 * @param publishedAt null when the feed does not say
 * @param guidance what applying it leaves to do; unknown words are {@link Guidance#UNKNOWN}
 * @param mandatory whether that must be done before the next update is applied ({@code guidance-mandatory})
 * @param installationSize bytes on a host; 0 when the feed does not say
 * @param downloadSize bytes; 0 when the feed does not say
 * @param requires what a host must have before
 * @param conflicts what a host must not have
 */
public record PublishedUpdate(
        UpdateUuid uuid,
        String name,
        String description,
        String version,
        String url,
        @Nullable Instant publishedAt,
        Set<Guidance> guidance,
        boolean mandatory,
        boolean containsLivePatch,
        long installationSize,
        long downloadSize,
        List<UpdateUuid> requires,
        List<UpdateUuid> conflicts) {

    public PublishedUpdate {
        guidance = Set.copyOf(guidance);
        requires = List.copyOf(requires);
        conflicts = List.copyOf(conflicts);
    }

    /** Whether it asks for a reboot, which only a live patch can spare; an unknown word counts as one (P1.3). */
    public boolean wantsReboot() {
        return guidance.contains(Guidance.REBOOT_HOST) || guidance.contains(Guidance.UNKNOWN);
    }
}

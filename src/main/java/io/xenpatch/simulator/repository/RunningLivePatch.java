package io.xenpatch.simulator.repository;

import org.jspecify.annotations.Nullable;

/**
 * A component as it runs on a host, one entry of {@code applied_livepatches}.
 *
 * @param baseBuildId build id of the running component, hexadecimal
 * @param to to what the loaded live patch is equal; null if none is loaded
 */
public record RunningLivePatch(
        LivePatchComponent component,
        String baseBuildId,
        @Nullable Evr to) {}

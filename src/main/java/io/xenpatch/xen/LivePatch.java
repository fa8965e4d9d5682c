package io.xenpatch.xen;

/**
 * A live patch of one component for one build of it.
 *
 * @param component {@code xen} or {@code kernel}
 * @param baseBuildId the build that must run, as hexadecimal digits
 * @param base version and release that it starts from
 * @param to version and release that it leads to
 */
public record LivePatch(String component, String baseBuildId, String base, String to) {}

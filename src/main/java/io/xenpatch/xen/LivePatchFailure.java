package io.xenpatch.xen;

/**
 * A live patch that a host could not load although the rest of its updates was applied (xapi.md §7.8).
 *
 * @param component {@code xen} or {@code kernel}; empty when the server's words don't tell
 * @param livePatch the server's description of it, as it was told
 */
public record LivePatchFailure(String component, String livePatch) {}

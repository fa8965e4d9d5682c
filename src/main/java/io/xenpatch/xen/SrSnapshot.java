package io.xenpatch.xen;

/**
 * A storage repository.
 *
 * @param type XAPI's {@code SR.type}, for example {@code nfs}, {@code lvm}, {@code gfs2}
 * @param contentType {@code iso} for a library of discs
 * @param tools the built-in library of guest tools
 */
public record SrSnapshot(SrUuid uuid, String name, String type, String contentType, boolean shared, boolean tools) {}

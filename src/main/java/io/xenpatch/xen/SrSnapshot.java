package io.xenpatch.xen;

import java.util.Set;

/**
 * A storage repository.
 *
 * @param type XAPI's {@code SR.type}, for example {@code nfs}, {@code lvm}, {@code gfs2}
 * @param contentType {@code iso} for a library of discs
 * @param tools the built-in library of guest tools
 * @param operations what goes on in it and with its disks, in XAPI's words, for example {@code vdi_create}, {@code copy}
 */
public record SrSnapshot(
        SrUuid uuid,
        String name,
        String type,
        String contentType,
        boolean shared,
        boolean tools,
        Set<String> operations) {

    public SrSnapshot {
        // what an earlier version kept does not tell of any
        operations = operations == null ? Set.of() : Set.copyOf(operations);
    }

    /** One in which nothing goes on. */
    public SrSnapshot(SrUuid uuid, String name, String type, String contentType, boolean shared, boolean tools) {
        this(uuid, name, type, contentType, shared, tools, Set.of());
    }
}

package io.xenpatch.xen;

import java.util.Set;

/**
 * A storage repository as a place for a new image.
 *
 * @param takesImages whether images can be created in it: {@code vdi_create} is allowed, and it is no library of discs
 * @param free bytes that are left; negative when the server does not know
 * @param attachedOn the hosts that it is attached to now
 */
public record SrSpace(
        SrUuid uuid, String name, boolean shared, boolean takesImages, long free, Set<HostUuid> attachedOn) {

    public SrSpace {
        attachedOn = Set.copyOf(attachedOn);
    }
}

package io.xenpatch.xapi;

import io.xenpatch.xen.HostUuid;

/**
 * The certificate of one host of a pool (R38).
 *
 * @param sha256 of the leaf, 64 lower-case hex digits
 */
public record HostPin(HostUuid host, Endpoint endpoint, String sha256) {}

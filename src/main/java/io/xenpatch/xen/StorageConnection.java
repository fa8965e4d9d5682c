package io.xenpatch.xen;

/** One host's connection (PBD) to one storage repository. */
public record StorageConnection(PbdUuid pbd, SrUuid sr, boolean attached) {}

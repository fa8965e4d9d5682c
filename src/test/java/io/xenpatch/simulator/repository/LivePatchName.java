package io.xenpatch.simulator.repository;

/** What the name of a loaded live patch tells: from which to which version of its component it leads. */
public record LivePatchName(String baseVersion, String baseRelease, String toVersion, String toRelease) {

    /** To what the component is equal once it is loaded. */
    public Evr to() {
        return Evr.of(toVersion, toRelease);
    }
}

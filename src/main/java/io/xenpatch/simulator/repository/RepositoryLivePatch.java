package io.xenpatch.simulator.repository;

/**
 * A live patch that an update brings.
 *
 * @param baseBuildId build id of the running component that it can be loaded into, hexadecimal
 * @param baseVersion version of that component
 * @param baseRelease release of that component
 * @param toVersion version to which it is equal once loaded
 * @param toRelease release to which it is equal once loaded
 */
public record RepositoryLivePatch(
        LivePatchComponent component,
        String baseBuildId,
        String baseVersion,
        String baseRelease,
        String toVersion,
        String toRelease) {

    /** To what the component is equal once it is loaded. */
    public Evr to() {
        return Evr.of(toVersion, toRelease);
    }

    /** Whether this is loaded in place of the other: for the same build, and not older. It replaces itself. */
    boolean replaces(RepositoryLivePatch other) {
        return component == other.component
                && baseBuildId.equals(other.baseBuildId)
                && !other.to().isNewerThan(to());
    }
}

package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A package that a host can get in a newer version, one entry of {@code updates} or {@code accumulative_updates} of its listing.
 *
 * @param oldEvr what is installed; null if the package is new on the host
 * @param newEvr what it gets
 * @param updateId the update that brings it; null if none of the repository does
 * @param repository uuid of the repository
 */
public record RpmUpdate(
        String name,
        String arch,
        @Nullable Evr oldEvr,
        Evr newEvr,
        @Nullable String updateId,
        String repository) {

    /** What the names of repositories on a host begin with if XAPI made them. */
    private static final String LOCAL = "local-";

    /**
     * A package of a repository as the host that would get it tells it.
     *
     * @param repositoryName the name that the repository has on the host: {@code local-} and its uuid
     * @param installed what is installed, by {@code name.arch}
     * @throws ApiFailure {@code INTERNAL_ERROR} if the repository is none that XAPI manages
     */
    static RpmUpdate listed(OfferedPackage offered, String repositoryName, Map<String, Evr> installed) {
        if (!repositoryName.startsWith(LOCAL) || repositoryName.equals(LOCAL)) {
            throw ApiFailure.of("INTERNAL_ERROR", "Found update from unmanaged repository");
        }
        return of(offered, repositoryName.substring(LOCAL.length()), installed);
    }

    /** A package of the repository of that uuid as the host that would get it tells it. */
    static RpmUpdate of(OfferedPackage offered, String repository, Map<String, Evr> installed) {
        var rpm = offered.rpm();
        return new RpmUpdate(
                rpm.name(), rpm.arch(), installed.get(rpm.nameArch()), rpm.evr(), offered.updateId(), repository);
    }

    /** The package in its newer version. */
    public RpmPackage offered() {
        return new RpmPackage(name, arch, newEvr);
    }
}

package io.xenpatch.simulator.repository;

/**
 * A rule of an update: its guidance counts only where a package was installed in such a version.
 *
 * @param name of the package
 * @param arch of the package, for example {@code x86_64}
 * @param inequality what the installed version must be to the bound
 */
public record Applicability(String name, String arch, Inequality inequality, Evr bound) {

    /** Whether the package that an update replaces is one that this rule is about. A new package never is. */
    public boolean appliesTo(RpmUpdate update) {
        var old = update.oldEvr();
        return old != null && name.equals(update.name()) && arch.equals(update.arch()) && inequality.holds(old, bound);
    }
}

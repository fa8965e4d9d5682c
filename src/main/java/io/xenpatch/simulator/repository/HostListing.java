package io.xenpatch.simulator.repository;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * What a host answers to the coordinator's {@code GET /host_updates} (xapi.md §7.3).
 *
 * @param latest the newest version of every package that can be updated
 * @param accumulative every version between the installed and the newest
 * @param running one entry for each component whose build id is known
 */
public record HostListing(List<RpmUpdate> latest, List<RpmUpdate> accumulative, List<RunningLivePatch> running) {
    /** A host that has everything and can't load live patches. */
    public static final HostListing EMPTY = new HostListing(List.of(), List.of(), List.of());

    public HostListing {
        latest = List.copyOf(latest);
        accumulative = List.copyOf(accumulative);
        running = List.copyOf(running);
    }

    /**
     * What a host lists that has these packages, given what its repository offers. A package that isn't installed is not offered.
     *
     * @param repository uuid of the repository
     * @param offered all its packages in all versions, in any order
     * @param installed all packages of the host
     * @param running how its components run
     */
    public static HostListing of(
            String repository,
            Collection<OfferedPackage> offered,
            Collection<RpmPackage> installed,
            List<RunningLivePatch> running) {
        var versions = versions(installed);
        var latest = latest(offered).stream()
                .map(each -> RpmUpdate.of(each, repository, versions))
                .filter(update -> isNewer(update.newEvr(), update))
                .toList();
        return new HostListing(latest, accumulative(offered, latest), running);
    }

    /** The installed version of each package, by {@code name.arch}; the newest if there are several. */
    static Map<String, Evr> versions(Collection<RpmPackage> installed) {
        return installed.stream()
                .collect(toMap(RpmPackage::nameArch, RpmPackage::evr, BinaryOperator.maxBy(Comparator.naturalOrder())));
    }

    private static Collection<OfferedPackage> latest(Collection<OfferedPackage> offered) {
        Comparator<OfferedPackage> byVersion =
                Comparator.comparing(each -> each.rpm().evr());
        return offered.stream()
                .collect(toMap(
                        each -> each.rpm().nameArch(),
                        each -> each,
                        BinaryOperator.maxBy(byVersion),
                        LinkedHashMap::new))
                .values();
    }

    /** Of all that is offered what lies between the installed and the newest version, the newest included (§7.6 A). */
    static List<RpmUpdate> accumulative(Collection<OfferedPackage> offered, Collection<RpmUpdate> latest) {
        var newest = latest.stream().collect(toMap(update -> update.offered().nameArch(), update -> update));
        return offered.stream()
                .flatMap(each -> Stream.ofNullable(newest.get(each.rpm().nameArch()))
                        .filter(update -> isBetween(each.rpm().evr(), update))
                        .map(update -> replacing(update, each)))
                .toList();
    }

    private static boolean isBetween(Evr evr, RpmUpdate update) {
        return isNewer(evr, update) && !evr.isNewerThan(update.newEvr());
    }

    private static boolean isNewer(Evr evr, RpmUpdate update) {
        var old = update.oldEvr();
        return old != null && evr.isNewerThan(old);
    }

    private static RpmUpdate replacing(RpmUpdate latest, OfferedPackage by) {
        return new RpmUpdate(
                latest.name(), latest.arch(), latest.oldEvr(), by.rpm().evr(), by.updateId(), latest.repository());
    }
}

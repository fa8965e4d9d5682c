package io.xenpatch.simulator;

import static io.xenpatch.simulator.repository.LivePatchComponent.KERNEL;
import static io.xenpatch.simulator.repository.LivePatchComponent.XEN;

import io.xenpatch.simulator.repository.Severity;
import java.util.Set;

/** The update sets of generated repositories. Every host begins one release behind. */
final class UpdateSets {
    private static final String XEN_BUILD = "1f2e3d4c5b6a79880102030405060708090a0b0c";
    private static final String KERNEL_BUILD = "0c0b0a09080706050403020188796a5b4c3d2e1f";
    private static final String REBOOT_HOST = "RebootHost";

    private UpdateSets() {}

    /** A synchronised repository that holds a set. @param updated hosts that have all of it */
    static RepositoryScenario repository(UpdateSet set, Set<Integer> updated) {
        var repository = fill(new RepositoryScenario(set.name()), set).synchronised();
        updated.forEach(index -> repository.host(index, host -> upToDate(host, set)));
        return repository;
    }

    private static HostPackagesScenario upToDate(HostPackagesScenario host, UpdateSet set) {
        var running = host.installed(
                        "xen-hypervisor-4.17.3-3.11.xs8.x86_64",
                        "kernel-4.19.0-8.0.2.xs8.x86_64",
                        "xapi-core-26.17.1-1.xs8.x86_64",
                        "xsconsole-11.0.6-1.xs8.x86_64")
                .build(XEN, XEN_BUILD)
                .build(KERNEL, KERNEL_BUILD);
        return set == UpdateSet.LIVE
                ? running.livePatched(XEN, "4.17.3-3.11.xs8").livePatched(KERNEL, "4.19.0-8.0.2.xs8")
                : running;
    }

    /** Fills a repository and says what the hosts have. */
    static RepositoryScenario fill(RepositoryScenario repository, UpdateSet set) {
        repository.everyHost(UpdateSets::oneReleaseBehind);
        return switch (set) {
            case LIVE -> livePatchable(repository);
            case REBOOT ->
                repository.update(
                        "UPDATE-REBOOT",
                        update -> update.summary("Kernel without a live patch")
                                .severity(Severity.HIGH)
                                .packages("kernel-4.19.0-8.0.2.xs8.x86_64")
                                .build(KERNEL, "2222222222222222222222222222222222222222")
                                .software("linux", "4.19.0+2")
                                .recommended(REBOOT_HOST));
            case TOOLSTACK ->
                repository.update(
                        "UPDATE-TOOLSTACK",
                        update -> update.summary("Toolstack")
                                .type("bugfix")
                                .packages("xapi-core-26.17.1-1.xs8.x86_64")
                                .software("xapi_build", "26.17.1")
                                .mandatory("RestartToolstack"));
            case NOTHING ->
                repository.update(
                        "UPDATE-NOTHING",
                        update -> update.summary("Console")
                                .type("enhancement")
                                .packages("xsconsole-11.0.6-1.xs8.x86_64"));
            case FAILS -> livePatchable(repository).everyHost(host -> host.livePatchFails(XEN, KERNEL));
        };
    }

    /** A host with every package in the release before that of the sets. */
    static HostPackagesScenario oneReleaseBehind(HostPackagesScenario host) {
        return host.installed(
                        "xen-hypervisor-4.17.3-3.10.xs8.x86_64",
                        "kernel-4.19.0-8.0.1.xs8.x86_64",
                        "xapi-core-26.17.0-1.xs8.x86_64",
                        "xsconsole-11.0.5-1.xs8.x86_64")
                .build(XEN, XEN_BUILD)
                .build(KERNEL, KERNEL_BUILD);
    }

    private static RepositoryScenario livePatchable(RepositoryScenario repository) {
        return repository
                .update(
                        "UPDATE-LIVE-XEN",
                        update -> update.summary("Hypervisor with a live patch")
                                .severity(Severity.HIGH)
                                .packages("xen-hypervisor-4.17.3-3.11.xs8.x86_64")
                                .livePatch(XEN, XEN_BUILD, "4.17.3-3.10.xs8", "4.17.3-3.11.xs8")
                                .build(XEN, "1111111111111111111111111111111111111111")
                                .software("xen", "4.17.3-3.11")
                                .recommended(REBOOT_HOST))
                .update(
                        "UPDATE-LIVE-KERNEL",
                        update -> update.summary("Kernel with a live patch")
                                .severity(Severity.HIGH)
                                .packages("kernel-4.19.0-8.0.2.xs8.x86_64")
                                .livePatch(KERNEL, KERNEL_BUILD, "4.19.0-8.0.1.xs8", "4.19.0-8.0.2.xs8")
                                .build(KERNEL, "2222222222222222222222222222222222222222")
                                .software("linux", "4.19.0+2")
                                .recommended(REBOOT_HOST)
                                .livepatch("RestartToolstack"));
    }
}

package io.xenpatch.simulator;

import java.util.Map;

/** Whether what is said of a pool fits together. */
final class PoolScenarioChecks {
    private static final int MOST_HOSTS = 16_000;
    private static final String REPOSITORIES_SINCE = "1.301.0";
    private static final String DISABLED_FOR_GOOD_SINCE = "25.31.0";

    private final PoolScenario pool;

    PoolScenarioChecks(PoolScenario pool) {
        this.pool = pool;
    }

    /** @throws InvalidScenario with a sentence for a person */
    void validate() {
        check(
                pool.records().isEmpty()
                        || (pool.records().getOrDefault("pool", Map.of()).size() == 1
                                && pool.records().getOrDefault("host", Map.of()).size() == pool.hosts()),
                "The records of pool " + pool.name() + " need one pool and " + pool.hosts() + " hosts.");
        check(!pool.name().isBlank(), "A pool needs a name.");
        check(
                pool.hosts() >= 1 && pool.hosts() <= MOST_HOSTS,
                "A pool has 1 to " + MOST_HOSTS + " hosts, not " + pool.hosts() + ".");
        check(pool.vmsEach() >= 0, "A host can't have " + pool.vmsEach() + " VMs.");
        check(pool.storageSize() >= 0, "Storage can't have " + pool.storageSize() + " bytes.");
        pool.hostSettings().keySet().forEach(index -> checkHost(index, "hostSettings"));
        check(
                pool.hostSettings().values().stream().noneMatch(HostScenario::isDisabledUntilEnabled)
                        || pool.profile().has(DISABLED_FOR_GOOD_SINCE),
                "A host of pool " + pool.name()
                        + " can't stay disabled after a start: its profile has no auto_enable.");
        pool.vms().forEach(vm -> checkHost(vm.host(), "VM " + vm.name()));
        pool.updates()
                .forEach(update -> update.hostsNamed().forEach(index -> checkHost(index, "update " + update.name())));
        pool.updates().forEach(UpdateScenario::validate);
        check(
                pool.updates().stream().map(UpdateScenario::name).distinct().count()
                        == pool.updates().size(),
                "Every update of pool " + pool.name() + " needs its own name.");
        validateRepositories();
        validatePackages();
    }

    private void validatePackages() {
        var all = pool.packages();
        check(
                all.isEmpty() || pool.profile().isXcpNg(),
                "The profile of pool " + pool.name() + " has no updater plugin for packages.");
        for (var offered : all) {
            offered.validate(pool.name());
            offered.hostsNamed().forEach(index -> checkHost(index, "package " + offered.name()));
        }
    }

    private void validateRepositories() {
        var all = pool.repositories();
        check(
                all.isEmpty() || pool.profile().has(REPOSITORIES_SINCE),
                "The profile of pool " + pool.name() + " has no repositories.");
        for (var repository : all) {
            repository.validate();
            repository.hostsNamed().forEach(index -> checkHost(index, "repository " + repository.name()));
        }
        check(
                all.stream()
                                .filter(each -> each.origin() == RepositoryOrigin.BUNDLE)
                                .count()
                        <= 1,
                "Pool " + pool.name() + " can't have two bundles.");
        var used = all.stream().filter(each -> !each.isDisabled()).toList();
        check(
                used.size() <= 1 || used.stream().allMatch(each -> each.origin() == RepositoryOrigin.REMOTE),
                "A bundle, or the repository of another pool, must be the only one that pool " + pool.name()
                        + " uses.");
        check(
                all.stream().map(RepositoryScenario::url).distinct().count() == all.size(),
                "Every repository of pool " + pool.name() + " needs its own name and URL.");
    }

    private void checkHost(int index, String where) {
        check(
                index >= 0 && index < pool.hosts(),
                "Pool " + pool.name() + ", " + where + ": there is no host " + index + ".");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new InvalidScenario(otherwise);
        }
    }
}

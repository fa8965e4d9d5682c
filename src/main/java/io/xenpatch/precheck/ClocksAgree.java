package io.xenpatch.precheck;

import io.xenpatch.xen.HostClock;
import io.xenpatch.xen.HostSnapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The hosts of a pool must agree about the time: XAPI's certificates, HA and tasks rely on it, and so does whoever compares when a host
 * booted with when it was updated. The two hosts that are furthest apart are named. A host that does not answer has its own row.
 */
final class ClocksAgree implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<HostSnapshot> told = situation.pool().hosts().stream()
                .filter(host -> situation.answers().clocks().containsKey(host.uuid()))
                .toList();
        if (told.size() < 2 || situation.workedOn().isEmpty()) {
            return List.of();
        }
        return List.of(furthestApart(situation, told)
                .filter(pair -> pair.exceeds(situation.limits().clocksDiffer()))
                .map(pair -> row(situation, pair))
                .orElseGet(() -> Finding.of("CLOCKS_AGREE", Severity.OK, situation)
                        .with("hosts", told.size())
                        .says("The clocks of " + told.size() + " hosts agree", "")));
    }

    private static Optional<Pair> furthestApart(Situation situation, List<HostSnapshot> hosts) {
        return IntStream.range(1, hosts.size())
                .boxed()
                .flatMap(later ->
                        hosts.subList(0, later).stream().map(earlier -> Pair.of(situation, earlier, hosts.get(later))))
                .max(Comparator.comparing(Pair::difference));
    }

    private static PrecheckRow row(Situation situation, Pair pair) {
        boolean blocks = pair.exceeds(situation.limits().clocksApart());
        long seconds = pair.difference().toSeconds();
        String cure = "Correct the NTP servers of both hosts, wait until they agree, and assess again.";
        return Finding.of("CLOCKS_DIFFER", blocks ? Severity.BLOCKING : Severity.WARNING, situation)
                .with("hosts", List.of(pair.ahead().name(), pair.behind().name()))
                .with("seconds", seconds)
                .says(
                        "The clock of host " + pair.ahead().name() + " is " + seconds + " s ahead of that of host "
                                + pair.behind().name(),
                        blocks
                                ? "So far apart certificates, high availability and storage locks may fail when a host restarts. "
                                        + cure
                                : "Hosts whose clocks drift further apart stop working together. " + cure);
    }

    /**
     * Two hosts whose clocks were compared.
     *
     * @param difference what is sure of it, never negative
     */
    private record Pair(HostSnapshot ahead, HostSnapshot behind, Duration difference) {

        static Pair of(Situation situation, HostSnapshot one, HostSnapshot other) {
            HostClock first = clock(situation, one);
            HostClock second = clock(situation, other);
            boolean firstIsAhead = first.offset().compareTo(second.offset()) >= 0;
            return new Pair(firstIsAhead ? one : other, firstIsAhead ? other : one, first.differsFrom(second));
        }

        private static HostClock clock(Situation situation, HostSnapshot host) {
            return Objects.requireNonNull(situation.answers().clocks().get(host.uuid()));
        }

        boolean exceeds(Duration limit) {
            return difference.compareTo(limit) > 0;
        }
    }
}

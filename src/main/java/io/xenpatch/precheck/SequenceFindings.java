package io.xenpatch.precheck;

import io.xenpatch.plan.MinimalUpdates;
import io.xenpatch.plan.PoolSequence;
import io.xenpatch.plan.UpdateSequence.LeftOut;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.UpdateUuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What speaks against bringing a pool up to date with several updates (R11, xencenter.md §10): what is missing is not known, an update
 * can't be applied, its image is not there, or the hosts end with different updates. A prerequisite that is itself in the sequence is
 * no problem, so nothing is said of it.
 */
final class SequenceFindings implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation
                .sequence()
                .map(sequence -> new Rows(situation, sequence).rows())
                .orElse(List.of());
    }

    private record Rows(Situation situation, PoolSequence sequence) {

        private List<PrecheckRow> rows() {
            List<PrecheckRow> rows = new ArrayList<>();
            basis().ifPresent(rows::add);
            sequence.hosts()
                    .forEach((host, updates) -> updates.leftOut().stream()
                            .map(left -> leftOut(situation.host(host), left))
                            .forEach(rows::add));
            sequence.notUploaded(situation.pool()).stream()
                    .map(this::notUploaded)
                    .forEach(rows::add);
            sequence.uneven(situation.pool()).forEach((update, lacking) -> rows.add(uneven(update, lacking)));
            return rows;
        }

        private Optional<PrecheckRow> basis() {
            return switch (sequence.basis()) {
                case LISTED -> Optional.empty();
                case VERSION_UNKNOWN ->
                    Optional.of(notKnown(
                            "The update feed does not know the version of every host of pool " + situation.poolName()));
                case VERSIONS_DIFFER ->
                    Optional.of(notKnown("The hosts of pool " + situation.poolName() + " have different versions"));
                case NOT_LISTED ->
                    Optional.of(notKnown("The update feed does not say which updates the version of pool "
                            + situation.poolName() + " needs"));
            };
        }

        private PrecheckRow notKnown(String title) {
            MinimalUpdates.Basis why = sequence.basis();
            return Finding.of("LATEST_NOT_KNOWN", Severity.BLOCKING, situation)
                    .with("because", why.name())
                    .says(
                            title,
                            "So it is not known what the pool lacks. Choose an update by its uuid"
                                    + (why == MinimalUpdates.Basis.VERSIONS_DIFFER
                                            ? ", or bring all hosts to one version first."
                                            : "."));
        }

        private PrecheckRow leftOut(HostSnapshot host, LeftOut left) {
            String update = situation.nameOf(left.update());
            List<String> because = Stream.concat(left.because().stream().map(situation::nameOf), left.unmet().stream())
                    .toList();
            String others = String.join(", ", because);
            return switch (left.why()) {
                case REQUIREMENT_MISSING ->
                    about("PREREQUISITE_UPDATE_MISSING", host, left)
                            .with("prerequisites", because)
                            .says(
                                    "Update " + update + " needs " + others + " first on host " + host.name(),
                                    "Neither has the host this, nor is it among the updates that can be applied before. Install what"
                                            + " is missing, or choose the updates by their uuids.");
                case CONFLICT ->
                    about("CONFLICTING_UPDATE_PRESENT", host, left)
                            .with("conflicts", because)
                            .says(
                                    "Update " + update + " conflicts with " + others + " on host " + host.name(),
                                    "They exclude each other, so the host can't have everything that its version needs. Choose the"
                                            + " updates by their uuids.");
                case NOT_DESCRIBED ->
                    about("UPDATE_NOT_DESCRIBED", host, left)
                            .says(
                                    "The update feed names update " + update + " for host " + host.name()
                                            + " but does not describe it",
                                    "It is not known what it requires, so it can't be put in order. Use another copy of the feed, or"
                                            + " choose the updates by their uuids.");
            };
        }

        private Finding about(String code, HostSnapshot host, LeftOut left) {
            return Finding.of(code, Severity.BLOCKING, situation)
                    .on(host)
                    .with("update", situation.nameOf(left.update()))
                    .with("updateUuid", left.update().value());
        }

        private PrecheckRow notUploaded(UpdateUuid uuid) {
            String update = situation.nameOf(uuid);
            return Finding.of("UPDATE_NOT_UPLOADED", Severity.BLOCKING, situation)
                    .with("update", update)
                    .with("updateUuid", uuid.value())
                    .says(
                            "Pool " + situation.poolName() + " needs update " + update + " but has no image of it",
                            "Upload it: the service does not download updates by itself.");
        }

        private PrecheckRow uneven(UpdateUuid uuid, List<HostUuid> lacking) {
            String update = situation.nameOf(uuid);
            List<String> hosts =
                    lacking.stream().map(host -> situation.host(host).name()).toList();
            return Finding.of("POOL_NOT_HOMOGENEOUS", Severity.WARNING, situation)
                    .with("update", update)
                    .with("updateUuid", uuid.value())
                    .with("lacking", hosts)
                    .says(
                            "Afterwards " + String.join(", ", hosts) + " will lack update " + update
                                    + ", which other hosts of pool " + situation.poolName() + " have",
                            "Hosts that differ can refuse each other's VMs, and the pool may refuse new hosts. Apply the update to"
                                    + " all hosts.");
        }
    }
}

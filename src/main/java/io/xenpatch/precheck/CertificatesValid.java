package io.xenpatch.precheck;

import io.xenpatch.plan.StepEstimates;
import io.xenpatch.xen.HostSnapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A host whose certificate ends in the middle of an update is not trusted any more when it comes back. Of a host that does not tell its
 * certificate nothing is said: that it answers at all is another rule's question.
 */
final class CertificatesValid implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        Map<?, Instant> ends = situation.answers().certificates().orElse(Map.of());
        if (situation.workedOn().isEmpty()) {
            return List.of();
        }
        Instant done = situation.observedAt().plus(StepEstimates.of(situation.plan(), situation.pool()));
        Instant soon = situation.observedAt().plus(situation.limits().certificateEnds());
        List<PrecheckRow> rows = new ArrayList<>();
        for (HostSnapshot host : situation.pool().hosts()) {
            Instant end = ends.get(host.uuid());
            if (end != null && !end.isAfter(done)) {
                rows.add(row(situation, host, end, Severity.BLOCKING));
            } else if (end != null && !end.isAfter(soon)) {
                rows.add(row(situation, host, end, Severity.WARNING));
            }
        }
        return rows;
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host, Instant end, Severity severity) {
        boolean over = !end.isAfter(situation.observedAt());
        Finding finding = Finding.of("CERTIFICATE_EXPIRES", severity, situation);
        Finding placed = situation.isWorkedOn(host.uuid()) ? finding.on(host) : finding.about(host);
        String why = severity == Severity.BLOCKING
                ? "It ends before the update does: then the other hosts and Xenpatch may not trust the host any more. "
                : "The update ends before that, but a later one may not. ";
        return placed.with("expiresAt", end.toString())
                .says(
                        "The TLS certificate of host " + host.name() + (over ? " expired on " : " expires on ")
                                + end.atOffset(ZoneOffset.UTC).toLocalDate(),
                        why + "Install a new certificate on the host (xe host-server-certificate-install, or "
                                + "xe host-reset-server-certificate for a self-signed one), then confirm it in Xenpatch.");
    }
}

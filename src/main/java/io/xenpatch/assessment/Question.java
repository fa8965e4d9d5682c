package io.xenpatch.assessment;

import io.xenpatch.xen.HostClock;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.PendingTask;
import io.xenpatch.xen.Permissions;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One question about one host, and how far it has come. Plain data, so that it can be kept as JSON between two slices.
 *
 * @param task the XAPI task that works on it; null before it is asked, and when it is answered
 * @param tries how often it was asked or was to be asked
 * @param reply null while it is open
 * @param notBefore when it may be asked again at the earliest; null = at once
 * @param update what a {@link Kind#PRECHECK} is about; null for all others
 */
public record Question(
        HostUuid host,
        Kind kind,
        @Nullable XapiTaskRef task,
        int tries,
        @Nullable Reply reply,
        @Nullable Instant notBefore,
        @Nullable UpdateUuid update) {

    /** To be asked at once, if it is open. */
    public Question(HostUuid host, Kind kind, @Nullable XapiTaskRef task, int tries, @Nullable Reply reply) {
        this(host, kind, task, tries, reply, null, null);
    }

    static Question open(HostUuid host, Kind kind) {
        return new Question(host, kind, null, 0, null);
    }

    static Question precheck(HostUuid host, UpdateUuid update) {
        return new Question(host, Kind.PRECHECK, null, 0, null, null, update);
    }

    private Question with(@Nullable XapiTaskRef working, int asked, @Nullable Reply end, @Nullable Instant at) {
        return new Question(host, kind, working, asked, end, at, update);
    }

    boolean isOpen() {
        return reply == null;
    }

    boolean isAsked() {
        return isOpen() && task != null;
    }

    Question asked(XapiTaskRef working) {
        return with(working, tries + 1, null, null);
    }

    /** To be asked again: nobody will say how it ended. */
    Question again() {
        return with(null, task == null ? tries + 1 : tries, null, null);
    }

    /** To be asked again, but not at once. */
    Question againAt(Instant moment) {
        return with(null, tries, null, moment);
    }

    boolean isDue(Instant now) {
        return notBefore == null || !now.isBefore(notBefore);
    }

    Question replied(Reply end) {
        return with(null, tries, end, null);
    }

    /** What is asked. */
    public enum Kind {
        /** {@code session.get_record} of our own session, of the pool as a whole: what may we call? */
        PERMISSIONS,
        /** {@code Certificate.get_all_records}, of the pool as a whole: how long are the hosts' certificates valid? */
        CERTIFICATES,
        /** {@code task.get_all_records}, of the pool as a whole: what are others doing (R16)? */
        TASKS,
        /** {@code host.get_servertime}: does it answer at all (R20, R33), and how does its clock stand? */
        REACHABLE,
        /** {@code GET /updates}, of the pool as a whole: what does each host lack, and what does it need then? */
        UPDATES,
        /** {@code pool_update.precheck}: does the update fit, and is there a live patch? */
        PRECHECK,
        /** {@code check_update} of XCP-ng's plugin: what does it lack (R12)? */
        PACKAGES,
        /** {@code get_avail_host_disk_space} of the plugin {@code disk-space}: how much room has it for updates? */
        DISK_SPACE,
        /** {@code host.get_vms_which_prevent_evacuation}: can every guest leave (R37)? */
        EVACUATION;

        /** Whether it is a short read that the coordinator answers for the pool as a whole. */
        boolean isOfCoordinator() {
            return this == PERMISSIONS || this == CERTIFICATES || this == TASKS;
        }
    }

    /**
     * What came back.
     *
     * @param words the answer; or XAPI's error code and its parameters; or the reason for not asking
     * @param blockers of an {@link Kind#EVACUATION} that was answered: guest → XAPI's reason and parameters
     * @param updates of {@link Kind#UPDATES} that was answered; else null
     * @param packages of {@link Kind#PACKAGES} that were answered: names, by what they need
     * @param clock of {@link Kind#REACHABLE} that was answered; else null
     * @param permissions of {@link Kind#PERMISSIONS} that was answered: of the calls that Xenpatch makes; else null
     * @param certificates of {@link Kind#CERTIFICATES} that was answered: host → until when it is valid; else null
     * @param bytes of {@link Kind#DISK_SPACE} that was answered: free; of {@link Kind#PACKAGES}: to download; null where unknown
     * @param tasks of {@link Kind#TASKS} that was answered; else null
     */
    public record Reply(
            Outcome outcome,
            List<String> words,
            Map<UUID, List<String>> blockers,
            @Nullable RepositoryUpdates updates,
            @Nullable Map<OwedRestart, List<String>> packages,
            @Nullable HostClock clock,
            @Nullable Permissions permissions,
            @Nullable Map<UUID, Instant> certificates,
            @Nullable Long bytes,
            @Nullable List<PendingTask> tasks) {

        /** Of any other kind. */
        public Reply(Outcome outcome, List<String> words, Map<UUID, List<String>> blockers) {
            this(outcome, words, blockers, null, null, null, null, null, null, null);
        }

        public Reply {
            words = List.copyOf(words);
            blockers = Map.copyOf(blockers);
            packages = packages == null ? null : Map.copyOf(packages);
            tasks = tasks == null ? null : List.copyOf(tasks);
            certificates = certificates == null ? null : Map.copyOf(certificates);
        }

        static Reply answered(String word) {
            return new Reply(Outcome.ANSWERED, List.of(word), Map.of());
        }

        static Reply answered(HostClock clock) {
            return new Reply(Outcome.ANSWERED, List.of(), Map.of(), null, null, clock, null, null, null, null);
        }

        static Reply answered(Permissions permissions) {
            return new Reply(Outcome.ANSWERED, List.of(), Map.of(), null, null, null, permissions, null, null, null);
        }

        static Reply valid(Map<UUID, Instant> certificates) {
            return new Reply(Outcome.ANSWERED, List.of(), Map.of(), null, null, null, null, certificates, null, null);
        }

        static Reply free(long bytes) {
            return new Reply(Outcome.ANSWERED, List.of(), Map.of(), null, null, null, null, null, bytes, null);
        }

        static Reply pending(List<PendingTask> tasks) {
            return new Reply(Outcome.ANSWERED, List.of(), Map.of(), null, null, null, null, null, null, tasks);
        }

        static Reply answered(Map<UUID, List<String>> blockers) {
            return new Reply(Outcome.ANSWERED, List.of(), blockers);
        }

        static Reply answered(RepositoryUpdates updates) {
            return new Reply(Outcome.ANSWERED, List.of(), Map.of(), updates, null, null, null, null, null, null);
        }

        static Reply lacking(Map<OwedRestart, List<String>> packages, @Nullable Long bytes) {
            return new Reply(Outcome.ANSWERED, List.of(), Map.of(), null, packages, null, null, null, bytes, null);
        }

        static Reply failed(List<String> codeAndParameters) {
            return new Reply(Outcome.FAILED, codeAndParameters, Map.of());
        }

        static Reply notAsked(String reason) {
            return new Reply(Outcome.NOT_ASKED, List.of(reason), Map.of());
        }
    }

    /** How a question ended. */
    public enum Outcome {
        ANSWERED,
        FAILED,
        NOT_ASKED
    }
}

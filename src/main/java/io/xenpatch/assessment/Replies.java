package io.xenpatch.assessment;

import io.xenpatch.assessment.Question.Kind;
import io.xenpatch.assessment.Question.Reply;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostClock;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VmUuid;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** From what came back to what the rules judge. */
final class Replies {

    private Replies() {}

    static ServerAnswers answers(List<Question> questions) {
        return ServerAnswers.builder()
                .prechecks(prechecks(questions))
                .evacuationBlockers(of(questions, Kind.EVACUATION, Replies::blockers))
                .reachable(of(questions, Kind.REACHABLE, reply -> true))
                .updates(ofPool(questions, Kind.UPDATES, reply -> Objects.requireNonNull(reply.updates())))
                .packages(of(questions, Kind.PACKAGES, reply -> Objects.requireNonNullElse(reply.packages(), Map.of())))
                .packageBytes(packageBytes(questions))
                .freeDiskSpace(of(questions, Kind.DISK_SPACE, reply -> Objects.requireNonNull(reply.bytes())))
                .clocks(clocks(questions))
                .certificates(ofPool(questions, Kind.CERTIFICATES, Replies::certificates))
                .tasks(ofPool(questions, Kind.TASKS, reply -> Objects.requireNonNull(reply.tasks())))
                .permissions(ofPool(questions, Kind.PERMISSIONS, reply -> Objects.requireNonNull(reply.permissions())))
                .build();
    }

    private static Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks(List<Question> questions) {
        Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks = new HashMap<>();
        for (Question question : questions) {
            if (question.update() != null) {
                prechecks
                        .computeIfAbsent(question.host(), host -> new HashMap<>())
                        .put(
                                question.update(),
                                answer(
                                        question.reply(),
                                        reply -> LivePatchStatus.valueOf(
                                                reply.words().get(0))));
            }
        }
        return prechecks;
    }

    private static Map<HostUuid, Long> packageBytes(List<Question> questions) {
        Map<HostUuid, Long> bytes = new HashMap<>();
        for (Question question : questions) {
            if (question.kind() == Kind.PACKAGES
                    && question.reply() != null
                    && question.reply().bytes() != null) {
                bytes.put(question.host(), question.reply().bytes());
            }
        }
        return bytes;
    }

    /** Answers that were kept before clocks were compared have none. */
    private static Map<HostUuid, HostClock> clocks(List<Question> questions) {
        Map<HostUuid, HostClock> clocks = new HashMap<>();
        for (Question question : questions) {
            if (question.reply() != null && question.reply().clock() != null) {
                clocks.put(question.host(), question.reply().clock());
            }
        }
        return clocks;
    }

    private static <V> Answer<V> ofPool(List<Question> questions, Kind kind, Function<Reply, V> value) {
        return questions.stream()
                .filter(question -> question.kind() == kind)
                .findFirst()
                .map(question -> answer(question.reply(), value))
                .orElseGet(() -> Answer.notAsked("not asked"));
    }

    private static <V> Map<HostUuid, Answer<V>> of(List<Question> questions, Kind kind, Function<Reply, V> value) {
        Map<HostUuid, Answer<V>> answers = new HashMap<>();
        for (Question question : questions) {
            if (question.kind() == kind) {
                answers.put(question.host(), answer(question.reply(), value));
            }
        }
        return answers;
    }

    private static <V> Answer<V> answer(@org.jspecify.annotations.Nullable Reply reply, Function<Reply, V> value) {
        if (reply == null) {
            return Answer.notAsked("not answered yet");
        }
        List<String> words = reply.words();
        return switch (reply.outcome()) {
            case ANSWERED -> Answer.of(value.apply(reply));
            case FAILED -> Answer.failed(words.get(0), words.subList(1, words.size()));
            case NOT_ASKED -> Answer.notAsked(words.get(0));
        };
    }

    private static Map<HostUuid, Instant> certificates(Reply reply) {
        Map<HostUuid, Instant> ends = new HashMap<>();
        Objects.requireNonNull(reply.certificates()).forEach((host, end) -> ends.put(new HostUuid(host), end));
        return Map.copyOf(ends);
    }

    private static Map<VmUuid, List<String>> blockers(Reply reply) {
        Map<VmUuid, List<String>> blockers = new HashMap<>();
        reply.blockers().forEach((vm, reason) -> blockers.put(new VmUuid(vm), reason));
        return Map.copyOf(blockers);
    }
}

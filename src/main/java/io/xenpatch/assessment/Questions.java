package io.xenpatch.assessment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.xenpatch.assessment.Question.Kind;
import io.xenpatch.assessment.Question.Outcome;
import io.xenpatch.assessment.Question.Reply;
import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.PoolPlanner;
import io.xenpatch.plan.PoolSequence;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pool is asked before it is judged, and what it has answered so far: a small state machine of plain data. Each
 * {@link #step} does a little and returns; nothing waits in it, so the caller keeps it (as JSON) and comes back after 200 ms to
 * 1 s. First the pool is asked what its user may do and every host whether it answers, then the pool what its repository has, or the targets that lack the update
 * image are prechecked, then the hosts that must be emptied are asked who can't leave.
 *
 * @param choice what is to be applied
 * @param targets the hosts that are to be updated, never empty
 * @param deadline what is not answered then counts as {@code NO_ANSWER}
 * @param evacuationsKnown whether the prechecks are done and it is known which hosts must be emptied
 */
public record Questions(
        UpdateChoice choice,
        List<HostUuid> targets,
        UpdatePolicy policy,
        Instant deadline,
        List<Question> questions,
        boolean evacuationsKnown) {

    /** How long the server may take for everything. */
    public static final Duration LIMIT = Duration.ofMinutes(3);

    static final String NO_ANSWER = "NO_ANSWER";

    public Questions {
        targets = List.copyOf(targets);
        questions = List.copyOf(questions);
    }

    /**
     * The questions about an update; nothing is sent yet.
     *
     * @param targets empty = all hosts
     * @param latest what {@code {latest: true}} means where it is about update images
     */
    public static Questions begin(
            PoolSnapshot pool,
            UpdateChoice choice,
            Set<HostUuid> targets,
            LatestImages latest,
            UpdatePolicy policy,
            Instant now) {
        List<HostUuid> chosen = pool.hosts().stream()
                .map(HostSnapshot::uuid)
                .filter(host -> targets.isEmpty() || targets.contains(host) || mayBeAdded(host, pool, policy))
                .toList();
        List<Question> first = pool.hosts().stream()
                .map(host -> unlessDead(Question.open(host.uuid(), Kind.REACHABLE), host))
                .toList();
        Stream<Question> ofPool = Stream.of(Kind.PERMISSIONS, Kind.CERTIFICATES, Kind.TASKS)
                .map(kind -> Question.open(pool.coordinator(), kind));
        Stream<Question> offers = choice.isFromRepository() && pool.channel() == Channel.REPOSITORY
                ? Stream.of(Question.open(pool.coordinator(), Kind.UPDATES))
                : Stream.empty();
        Stream<Question> packages =
                choice.isFromRepository() && pool.channel() == Channel.XCP_NG ? lacking(pool, chosen) : Stream.empty();
        Stream<Question> prechecks = chosen.stream()
                .flatMap(host -> pool.host(host).stream())
                .flatMap(host -> images(pool, choice, latest, host).map(update -> precheck(pool, host, update)));
        Stream<Question> diskSpace = chosen.stream()
                .flatMap(host -> pool.host(host).stream())
                .filter(host -> choice.isFromRepository() && mayGetSomething(pool, choice, latest, host))
                .map(host -> unlessDead(Question.open(host.uuid(), Kind.DISK_SPACE), host));
        return new Questions(
                choice,
                chosen,
                policy,
                now.plus(LIMIT),
                Stream.of(ofPool, first.stream(), offers, packages, prechecks, diskSpace)
                        .flatMap(each -> each)
                        .toList(),
                false);
    }

    /** The targets, and the coordinator in any case: no member goes before it (R13). */
    private static Stream<Question> lacking(PoolSnapshot pool, List<HostUuid> chosen) {
        return pool.hosts().stream()
                .filter(host -> chosen.contains(host.uuid()) || host.uuid().equals(pool.coordinator()))
                .map(host -> unlessDead(Question.open(host.uuid(), Kind.PACKAGES), host));
    }

    private static boolean mayBeAdded(HostUuid host, PoolSnapshot pool, UpdatePolicy policy) {
        return host.equals(pool.coordinator()) && policy.mayFix(FixCode.ADD_COORDINATOR);
    }

    private static Question unlessDead(Question question, HostSnapshot host) {
        return host.live() ? question : question.replied(Reply.notAsked("the host is not live"));
    }

    /** A chosen image is left out: its precheck looks at the room itself. */
    private static boolean mayGetSomething(
            PoolSnapshot pool, UpdateChoice choice, LatestImages latest, HostSnapshot host) {
        return pool.channel() != Channel.POOL_UPDATE
                || images(pool, choice, latest, host).findAny().isPresent();
    }

    /** The images that a host lacks and that its server is asked about. */
    private static Stream<UpdateInfo> images(
            PoolSnapshot pool, UpdateChoice choice, LatestImages latest, HostSnapshot host) {
        boolean brought = choice instanceof UpdateChoice.Latest && pool.channel() == Channel.POOL_UPDATE;
        Stream<UpdateUuid> asked = brought
                ? PoolSequence.toBePrechecked(latest, pool, host).stream()
                : choice.image().filter(update -> pool.lacks(host, update)).stream();
        return asked.flatMap(update -> pool.update(update).stream());
    }

    private static Question precheck(PoolSnapshot pool, HostSnapshot host, UpdateInfo update) {
        Question question = Question.precheck(host.uuid(), update.uuid());
        if (!host.live()) {
            return question.replied(Reply.notAsked("the host is not live"));
        }
        boolean takesImages = pool.channel() == Channel.POOL_UPDATE || pool.channel() == Channel.REPOSITORY;
        if (!update.uploaded() || !takesImages) {
            return question.replied(Reply.notAsked("the update can't be applied in this pool now"));
        }
        return question;
    }

    /**
     * Asks what can be asked now and looks at what was asked: a few calls, at most about ten seconds even where a host hangs.
     *
     * @param snapshot of the same pool; may be newer than the one it began with
     * @param packages how XCP-ng hosts are asked
     * @param latest as {@link #begin}
     * @param clock ours, which those of the hosts are compared with
     * @throws io.xenpatch.xapi.XapiFailure when the pool as a whole can't be asked; the step may be repeated later
     */
    public Questions step(
            XapiPool pool, PoolSnapshot snapshot, PackageAsking packages, LatestImages latest, InstantSource clock) {
        if (isComplete()) {
            return this;
        }
        if (!clock.instant().isBefore(deadline)) {
            return replace(question -> question.isOpen() ? question.replied(noAnswer("not in time")) : question)
                    .withEvacuationsKnown();
        }
        Asking asking = new Asking(pool, snapshot, packages, clock);
        Questions next = asked(asking).dropUnreachable().addEvacuations(snapshot, latest);
        // who can't leave is asked at once, not at the next look
        return next.evacuationsKnown && !evacuationsKnown ? next.asked(asking) : next;
    }

    private Questions asked(Asking asking) {
        return new Questions(choice, targets, policy, deadline, asking.step(questions), evacuationsKnown);
    }

    /** Whether every question is answered, failed or was not to be asked. */
    @JsonIgnore
    public boolean isComplete() {
        return evacuationsKnown && questions.stream().noneMatch(Question::isOpen);
    }

    /** Everything that is known so far. */
    public ServerAnswers answers() {
        return Replies.answers(questions);
    }

    static Reply noAnswer(String why) {
        return Reply.failed(List.of(NO_ANSWER, why));
    }

    /** A host that does not answer is not asked anything else: the server would only wait for it. */
    private Questions dropUnreachable() {
        Set<HostUuid> silent = questions.stream()
                .filter(question -> question.kind() == Kind.REACHABLE)
                .filter(question -> question.reply() != null && question.reply().outcome() == Outcome.FAILED)
                .map(Question::host)
                .collect(Collectors.toSet());
        return replace(question -> question.isOpen() && silent.contains(question.host())
                ? question.replied(Reply.notAsked("the host does not answer"))
                : question);
    }

    private Questions addEvacuations(PoolSnapshot snapshot, LatestImages latest) {
        if (evacuationsKnown || questions.stream().anyMatch(Question::isOpen)) {
            return this;
        }
        List<Question> all = new ArrayList<>(questions);
        boolean gone =
                choice.image().filter(uuid -> snapshot.update(uuid).isEmpty()).isPresent();
        if (!gone && snapshot.hosts().size() > 1) {
            ServerAnswers answers = answers();
            PoolPlan plan = PoolPlanner.plan(snapshot, choice, Set.copyOf(targets), answers, latest, policy);
            plan.hosts().stream()
                    .filter(HostPlan::evacuates)
                    .filter(host -> answers.reachable(host.hostUuid()).orElse(false))
                    .forEach(host -> all.add(Question.open(host.hostUuid(), Kind.EVACUATION)));
        }
        return new Questions(choice, targets, policy, deadline, all, true);
    }

    private Questions withEvacuationsKnown() {
        return new Questions(choice, targets, policy, deadline, questions, true);
    }

    private Questions replace(UnaryOperator<Question> change) {
        return new Questions(
                choice,
                targets,
                policy,
                deadline,
                questions.stream().map(change).toList(),
                evacuationsKnown);
    }
}

package io.xenpatch.plan;

import io.xenpatch.plan.UpdateSequence.Candidate;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code {latest: true}} means on a pool of channel {@code POOL_UPDATE}: for each target the updates that it lacks, in order
 * (R11).
 *
 * @param basis whether a feed says what is missing; {@code LISTED} where no feed is needed
 * @param hosts the targets, coordinator first; empty unless the basis is {@code LISTED}
 * @param names what the feed calls the updates; those that only the pool knows are not in it
 */
public record PoolSequence(
        MinimalUpdates.Basis basis, Map<HostUuid, UpdateSequence> hosts, Map<UpdateUuid, String> names) {

    private static final String PREREQUISITE_MISSING = "PREREQUISITE_MISSING";

    public PoolSequence {
        hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
        names = Map.copyOf(names);
    }

    /**
     * By what is known.
     *
     * @param targets empty = all hosts
     * @param prechecks see {@link #of(PoolSnapshot, Set, Map)}; only looked at without a feed
     */
    public static PoolSequence of(
            LatestImages latest,
            PoolSnapshot pool,
            Set<HostUuid> targets,
            Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks) {
        return latest.feed()
                .map(feed -> latest.settled()
                        .map(settled -> of(feed, settled, pool, targets))
                        .orElseGet(() -> of(feed, pool, targets)))
                .orElseGet(() -> of(latest, pool, targets, host -> prechecks.getOrDefault(host.uuid(), Map.of())));
    }

    /**
     * What a feed says.
     *
     * @param targets empty = all hosts
     */
    public static PoolSequence of(PublishedUpdates feed, PoolSnapshot pool, Set<HostUuid> targets) {
        MinimalUpdates minimal = MinimalUpdates.of(feed, pool);
        return minimal.basis() == MinimalUpdates.Basis.LISTED
                ? of(feed, minimal.updates(), pool, targets)
                : new PoolSequence(minimal.basis(), Map.of(), Map.of());
    }

    /**
     * What is left of updates that were settled before. A job keeps to them: once a cumulative update has made its first host another
     * version than the others, the feed says nothing of the pool as a whole.
     *
     * @param targets empty = all hosts
     */
    public static PoolSequence of(
            PublishedUpdates feed, List<UpdateUuid> settled, PoolSnapshot pool, Set<HostUuid> targets) {
        List<Candidate> candidates =
                settled.stream().map(update -> candidate(feed, update)).toList();
        Map<UpdateUuid, String> names = feed.updates().stream()
                .collect(Collectors.toMap(PublishedUpdate::uuid, PublishedUpdate::name, (one, other) -> one));
        return laid(pool, targets, host -> candidates, names);
    }

    /**
     * Without a feed: every update that the pool has an image of, in the order that the servers' prechecks tell.
     *
     * @param targets empty = all hosts
     * @param prechecks for each host what {@code pool_update.precheck} said of each update; one that says nothing of a prerequisite
     *     counts as having none
     */
    public static PoolSequence of(
            PoolSnapshot pool,
            Set<HostUuid> targets,
            Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks) {
        return of(LatestImages.OF_THE_POOL, pool, targets, host -> prechecks.getOrDefault(host.uuid(), Map.of()));
    }

    private static PoolSequence of(
            LatestImages latest,
            PoolSnapshot pool,
            Set<HostUuid> targets,
            Function<HostSnapshot, Map<UpdateUuid, Answer<LivePatchStatus>>> prechecks) {
        return laid(pool, targets, host -> candidates(latest, pool, host, prechecks.apply(host)), Map.of());
    }

    private static PoolSequence laid(
            PoolSnapshot pool,
            Set<HostUuid> targets,
            Function<HostSnapshot, List<Candidate>> candidates,
            Map<UpdateUuid, String> names) {
        Map<HostUuid, UpdateSequence> hosts = new LinkedHashMap<>();
        pool.hosts().stream()
                .filter(host -> targets.isEmpty() || targets.contains(host.uuid()))
                .forEach(host ->
                        hosts.put(host.uuid(), UpdateSequence.order(candidates.apply(host), appliedOn(pool, host))));
        return new PoolSequence(MinimalUpdates.Basis.LISTED, hosts, names);
    }

    private static Set<UpdateUuid> appliedOn(PoolSnapshot pool, HostSnapshot host) {
        Set<UpdateUuid> applied = new HashSet<>(host.appliedUpdates());
        pool.updates().stream()
                .filter(update -> update.appliedOn().contains(host.uuid()))
                .map(UpdateInfo::uuid)
                .forEach(applied::add);
        return applied;
    }

    private static Candidate candidate(PublishedUpdates feed, UpdateUuid uuid) {
        return feed.update(uuid)
                .map(update ->
                        new Candidate(uuid, true, Set.copyOf(update.requires()), excluding(feed, update), List.of()))
                .orElseGet(() -> new Candidate(uuid, false, Set.of(), Set.of(), List.of()));
    }

    /** A conflict that only one side names is one. */
    private static Set<UpdateUuid> excluding(PublishedUpdates feed, PublishedUpdate update) {
        Stream<UpdateUuid> others = feed.updates().stream()
                .filter(other -> other.conflicts().contains(update.uuid()))
                .map(PublishedUpdate::uuid);
        return Stream.concat(update.conflicts().stream(), others).collect(Collectors.toUnmodifiableSet());
    }

    private static List<Candidate> candidates(
            LatestImages latest,
            PoolSnapshot pool,
            HostSnapshot host,
            Map<UpdateUuid, Answer<LivePatchStatus>> prechecks) {
        List<UpdateInfo> missing = missingImages(latest, pool, host);
        return missing.stream()
                .map(update -> candidate(update, missing, prerequisites(prechecks.get(update.uuid()))))
                .toList();
    }

    private static List<UpdateInfo> missingImages(LatestImages latest, PoolSnapshot pool, HostSnapshot host) {
        return pool.updates().stream()
                .filter(update ->
                        update.uploaded() && latest.includes(update.uuid()) && pool.lacks(host, update.uuid()))
                .sorted(Comparator.comparing(UpdateInfo::name)
                        .thenComparing(update -> update.uuid().value()))
                .toList();
    }

    /**
     * The updates that a host's server is asked about before it is planned: the first of its sequence, or without a feed all that it
     * lacks, because only the prechecks tell the order.
     */
    public static List<UpdateUuid> toBePrechecked(LatestImages latest, PoolSnapshot pool, HostSnapshot host) {
        if (latest.feed().isEmpty()) {
            return missingImages(latest, pool, host).stream()
                    .map(UpdateInfo::uuid)
                    .toList();
        }
        return of(latest, pool, Set.of(host.uuid()), Map.of()).sequenceOf(host.uuid()).updates().stream()
                .limit(1)
                .toList();
    }

    /** Nothing for a host that is no target. */
    public UpdateSequence sequenceOf(HostUuid host) {
        return hosts.getOrDefault(host, UpdateSequence.NOTHING);
    }

    /** Whether a host, target or not, lacks any of what is to be applied. */
    public boolean isLackedBy(PoolSnapshot pool, HostSnapshot host) {
        return updates().stream().anyMatch(update -> pool.lacks(host, update));
    }

    private static Candidate candidate(UpdateInfo update, List<UpdateInfo> missing, List<String> prerequisites) {
        Map<String, Optional<UpdateInfo>> named = new LinkedHashMap<>();
        prerequisites.forEach(word -> named.put(
                word, missing.stream().filter(other -> isNamed(other, word)).findFirst()));
        return new Candidate(
                update.uuid(),
                true,
                named.values().stream()
                        .flatMap(Optional::stream)
                        .map(UpdateInfo::uuid)
                        .collect(Collectors.toUnmodifiableSet()),
                Set.of(),
                named.entrySet().stream()
                        .filter(entry -> entry.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** The server names packages: those of an update are called after it, for example {@code update-XS82E001}. */
    private static boolean isNamed(UpdateInfo update, String word) {
        String name = update.name().toLowerCase(Locale.ROOT);
        String said = word.toLowerCase(Locale.ROOT);
        return said.equals(name) || said.endsWith("-" + name);
    }

    /** Whether a precheck failed only because another update must come first. */
    public static boolean isPrerequisiteMissing(String code) {
        return code.endsWith(PREREQUISITE_MISSING);
    }

    /** What the server misses: the words of its second parameter (xapi.md §6.3 row g). */
    private static List<String> prerequisites(@Nullable Answer<LivePatchStatus> precheck) {
        String words = precheck == null
                ? ""
                : precheck.fold(
                        given -> "",
                        failed -> isPrerequisiteMissing(failed.code())
                                        && failed.parameters().size() > 1
                                ? failed.parameters().get(1)
                                : "",
                        notAsked -> "");
        return words.isBlank() ? List.of() : List.of(words.strip().split("\\s+"));
    }

    /** Whether a host that has no sequence lacks nothing: what is missing is known, and all of it can be applied. */
    public boolean tellsEverything() {
        return basis == MinimalUpdates.Basis.LISTED
                && hosts.values().stream().allMatch(host -> host.leftOut().isEmpty());
    }

    /** All updates of all targets, each once: the coordinator's order first. */
    public List<UpdateUuid> updates() {
        return hosts.values().stream()
                .flatMap(host -> host.updates().stream())
                .distinct()
                .toList();
    }

    /** What is to be applied and can't be, because the pool has no image of it. */
    public List<UpdateUuid> notUploaded(PoolSnapshot pool) {
        return updates().stream()
                .filter(update ->
                        pool.update(update).map(known -> !known.uploaded()).orElse(true))
                .toList();
    }

    /**
     * Updates that afterwards some hosts of the pool have and others lack, and those that lack them. A pool whose hosts differ can't
     * take guests from everywhere, and refuses new members.
     */
    public Map<UpdateUuid, List<HostUuid>> uneven(PoolSnapshot pool) {
        Map<HostUuid, Set<UpdateUuid>> afterwards = new LinkedHashMap<>();
        for (HostSnapshot host : pool.hosts()) {
            Set<UpdateUuid> has = appliedOn(pool, host);
            has.addAll(sequenceOf(host.uuid()).updates());
            afterwards.put(host.uuid(), has);
        }
        Map<UpdateUuid, List<HostUuid>> uneven = new TreeMap<>(Comparator.comparing(UpdateUuid::value));
        afterwards.values().stream().flatMap(Set::stream).distinct().forEach(update -> {
            List<HostUuid> lacking = afterwards.entrySet().stream()
                    .filter(host -> !host.getValue().contains(update))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!lacking.isEmpty()) {
                uneven.put(update, lacking);
            }
        });
        return uneven;
    }
}

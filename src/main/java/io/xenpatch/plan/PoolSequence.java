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
 */
public record PoolSequence(MinimalUpdates.Basis basis, Map<HostUuid, UpdateSequence> hosts) {

    private static final String PREREQUISITE_MISSING = "PREREQUISITE_MISSING";

    public PoolSequence {
        hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
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
                : new PoolSequence(minimal.basis(), Map.of());
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
        return laid(pool, targets, host -> candidates);
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
        return laid(pool, targets, host -> candidates(pool, host, prechecks.getOrDefault(host.uuid(), Map.of())));
    }

    private static PoolSequence laid(
            PoolSnapshot pool, Set<HostUuid> targets, Function<HostSnapshot, List<Candidate>> candidates) {
        Map<HostUuid, UpdateSequence> hosts = new LinkedHashMap<>();
        pool.hosts().stream()
                .filter(host -> targets.isEmpty() || targets.contains(host.uuid()))
                .forEach(host ->
                        hosts.put(host.uuid(), UpdateSequence.order(candidates.apply(host), appliedOn(pool, host))));
        return new PoolSequence(MinimalUpdates.Basis.LISTED, hosts);
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
            PoolSnapshot pool, HostSnapshot host, Map<UpdateUuid, Answer<LivePatchStatus>> prechecks) {
        List<UpdateInfo> missing = pool.updates().stream()
                .filter(update -> update.uploaded() && pool.lacks(host, update.uuid()))
                .sorted(Comparator.comparing(UpdateInfo::name)
                        .thenComparing(update -> update.uuid().value()))
                .toList();
        return missing.stream()
                .map(update -> candidate(update, missing, prerequisites(prechecks.get(update.uuid()))))
                .toList();
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

    /** What the server misses: the words of its second parameter (xapi.md §6.3 row g). */
    private static List<String> prerequisites(@Nullable Answer<LivePatchStatus> precheck) {
        String words = precheck == null
                ? ""
                : precheck.fold(
                        given -> "",
                        failed -> failed.code().endsWith(PREREQUISITE_MISSING)
                                        && failed.parameters().size() > 1
                                ? failed.parameters().get(1)
                                : "",
                        notAsked -> "");
        return words.isBlank() ? List.of() : List.of(words.strip().split("\\s+"));
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
            has.addAll(hosts.getOrDefault(host.uuid(), UpdateSequence.NOTHING).updates());
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

package io.xenpatch.feed;

import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.UpdateUuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with a feed. Two of the same are an error, because nobody knows which one counts; what leads nowhere is a warning,
 * because what depends on it is left out of every sequence, with that reason, and the rest can be relied on.
 */
final class FeedChecks {
    /** Enough to see what kind of trouble it is. */
    private static final int SHOWN = 20;

    /** Many times what a publisher has in all its years; what is asked of a feed takes longer the more there are. */
    private static final int MOST = 10_000;

    private FeedChecks() {}

    static List<String> errors(PublishedUpdates feed) {
        if (feed.updates().size() > MOST || feed.versions().size() > MOST) {
            return List.of("it has more than " + MOST + " updates or versions");
        }
        var updates = twice(feed.updates(), PublishedUpdate::uuid).map(uuid -> "update " + uuid + " is there twice");
        var versions = twice(feed.versions(), version -> version.version() + " build " + version.buildNumber())
                .map(version -> "version " + version + " is there twice");
        return Stream.concat(updates, versions).toList();
    }

    private static <T, K> Stream<K> twice(List<T> all, Function<T, K> key) {
        var seen = new HashSet<K>();
        return all.stream().map(key).filter(each -> !seen.add(each)).distinct();
    }

    static List<String> warnings(PublishedUpdates feed) {
        var known = feed.updates().stream().map(PublishedUpdate::uuid).collect(Collectors.toUnmodifiableSet());
        var warnings = new ArrayList<String>();
        for (var update : feed.updates()) {
            var name = "update " + update.name();
            nowhere(name + " requires", update.requires(), known).forEach(warnings::add);
            nowhere(name + " conflicts with", update.conflicts(), known).forEach(warnings::add);
        }
        for (var version : feed.versions()) {
            nowhere(called(version) + " lists", all(version), known).forEach(warnings::add);
        }
        circle(feed).stream()
                .map(update -> "update " + update.name() + " can never be applied: what it requires goes in a circle")
                .forEach(warnings::add);
        return warnings.size() > SHOWN ? shortened(warnings) : warnings;
    }

    private static String called(PublishedVersion version) {
        return "version " + version.version()
                + (version.buildNumber().isEmpty() ? "" : " build " + version.buildNumber());
    }

    private static List<UpdateUuid> all(PublishedVersion version) {
        var all = new ArrayList<>(version.updates());
        if (version.minimal() != null) {
            all.addAll(version.minimal());
        }
        if (version.update() != null) {
            all.add(version.update());
        }
        return all.stream().distinct().toList();
    }

    private static Stream<String> nowhere(String who, Collection<UpdateUuid> named, Set<UpdateUuid> known) {
        return named.stream()
                .filter(update -> !known.contains(update))
                .map(update -> who + " update " + update + ", which is not described");
    }

    /** What is left when updates that require nothing that is left are taken away, again and again. */
    private static List<PublishedUpdate> circle(PublishedUpdates feed) {
        Map<UpdateUuid, PublishedUpdate> left = feed.updates().stream()
                .collect(Collectors.toMap(PublishedUpdate::uuid, Function.identity(), (first, second) -> first));
        while (left.values().removeIf(update -> update.requires().stream().noneMatch(left::containsKey))) {
            // again: others may require nothing now
        }
        return feed.updates().stream()
                .filter(update -> left.containsKey(update.uuid()))
                .toList();
    }

    private static List<String> shortened(List<String> sentences) {
        var first = new ArrayList<>(sentences.subList(0, SHOWN));
        first.add("and " + (sentences.size() - SHOWN) + " more");
        return first;
    }

    static String inOneSentence(List<String> sentences) {
        var shown = sentences.size() > SHOWN ? shortened(sentences) : sentences;
        return "The feed can't be relied on: " + String.join("; ", shown) + ".";
    }
}

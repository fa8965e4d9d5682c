package io.xenpatch.plan;

import io.xenpatch.precheck.TestHost;
import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Feeds and pools in a few words. An update is called by a word; {@code A>B} requires B, {@code A>B>C} both, {@code A!B} conflicts
 * with B, {@code A+lp} contains a live patch, {@code A*} has mandatory guidance, {@code A:restartHost} has guidance.
 */
public final class TestFeed {
    public static final String VERSION = "8.2.0";

    private final List<PublishedUpdate> updates = new ArrayList<>();
    private final List<PublishedVersion> versions = new ArrayList<>();

    public static UpdateUuid uuid(String name) {
        return new UpdateUuid(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    public static List<UpdateUuid> uuids(@Nullable String names) {
        return words(names).map(TestFeed::uuid).toList();
    }

    public static Stream<String> words(@Nullable String text) {
        return text == null ? Stream.of() : Arrays.stream(text.split(" "));
    }

    /** The updates of a sentence, each described. */
    public TestFeed describes(@Nullable String sentence) {
        words(sentence).map(TestFeed::update).forEach(updates::add);
        return this;
    }

    /**
     * @param build empty = none
     * @param madeBy name of the update that makes it; null when none does
     * @param minimal names in order; null when the feed does not say
     */
    public TestFeed version(
            String version,
            String build,
            @Nullable String madeBy,
            @Nullable String all,
            @Nullable List<UpdateUuid> minimal) {
        versions.add(new PublishedVersion(
                version, version, build, madeBy == null ? null : uuid(madeBy), uuids(all), minimal));
        return this;
    }

    public PublishedUpdates feed() {
        return new PublishedUpdates(updates, versions);
    }

    public static PublishedUpdate update(String word) {
        String[] guided = word.split(":", -1);
        String text = guided[0];
        boolean livePatch = word.endsWith("+lp");
        List<UpdateUuid> requires = new ArrayList<>();
        List<UpdateUuid> conflicts = new ArrayList<>();
        String bare = text.replace("+lp", "").replace("*", "");
        String name = bare.split("[>!]", -1)[0];
        for (String relation : bare.substring(name.length()).split("(?=[>!])", -1)) {
            if (relation.startsWith(">")) {
                requires.add(uuid(relation.substring(1)));
            } else if (relation.startsWith("!")) {
                conflicts.add(uuid(relation.substring(1)));
            }
        }
        Set<Guidance> guidance = guided.length == 1 ? Set.of() : Set.of(Guidance.parse(guided[1].replace("+lp", "")));
        return new PublishedUpdate(
                uuid(name),
                name,
                "",
                "1.0",
                "",
                null,
                guidance,
                text.contains("*"),
                livePatch,
                0,
                0,
                requires,
                conflicts);
    }

    /** Hosts of this version and build that have these updates; each element names those of one host. */
    static PoolSnapshot pool(PoolSnapshot pool, List<UnaryOperator<HostSnapshot>> changes, List<UpdateInfo> updates) {
        List<HostSnapshot> hosts = new ArrayList<>();
        for (int index = 0; index < changes.size(); index++) {
            hosts.add(changes.get(index).apply(pool.hosts().get(index)));
        }
        return new PoolSnapshot(
                pool.uuid(),
                pool.name(),
                pool.channel(),
                pool.coordinator(),
                pool.livePatchingEnabled(),
                pool.ha(),
                false,
                Map.of(),
                Map.of(),
                hosts,
                pool.vms(),
                pool.srs(),
                updates,
                pool.repositories(),
                pool.cluster(),
                pool.vswitchController());
    }

    static UnaryOperator<HostSnapshot> host(String version, String build, @Nullable String applied) {
        return TestHost.that(host -> host.runs(Map.of("product_version", version, "build_number", build))
                .has(words(applied).map(TestFeed::uuid).collect(Collectors.toSet())));
    }

    static HostSnapshot licence(HostSnapshot host, Map<String, String> parameters) {
        return TestHost.that(changed -> changed.licence(parameters)).apply(host);
    }

    /** One healthy host of {@link #VERSION} for each element, with what it names applied; images of nothing. */
    static PoolSnapshot poolWith(String... applied) {
        return pool(
                TestPool.of(applied.length).snapshot(),
                Arrays.stream(applied)
                        .map(has -> host(VERSION, "", has.isEmpty() ? null : has))
                        .toList(),
                List.of());
    }

    /** An update that the pool knows and has the image of. */
    static UpdateInfo known(String name, Guidance... guidance) {
        return known(name, true, Set.of(), guidance);
    }

    static UpdateInfo known(String name, boolean uploaded, Set<HostUuid> appliedOn, Guidance... guidance) {
        return new UpdateInfo(uuid(name), name, "", "1.0", Set.of(guidance), 0, appliedOn, uploaded);
    }
}

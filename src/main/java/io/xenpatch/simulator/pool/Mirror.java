package io.xenpatch.simulator.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xenpatch.simulator.PublishedUpdate;
import io.xenpatch.simulator.RepositoryScenario;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.repository.Applicability;
import io.xenpatch.simulator.repository.Evr;
import io.xenpatch.simulator.repository.Guidance;
import io.xenpatch.simulator.repository.GuidanceKind;
import io.xenpatch.simulator.repository.Guidances;
import io.xenpatch.simulator.repository.OfferedPackage;
import io.xenpatch.simulator.repository.RepositoryLivePatch;
import io.xenpatch.simulator.repository.RpmPackage;
import io.xenpatch.simulator.repository.UpdateRecord;
import io.xenpatch.simulator.repository.UpdatesInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the coordinator downloaded of a repository.
 *
 * @param repository its uuid
 * @param hash checksum of what it told of its updates
 * @param published the updates as the scenario describes them, oldest first
 */
record Mirror(
        String repository,
        String hash,
        UpdatesInfo info,
        List<OfferedPackage> offered,
        List<PublishedUpdate> published) {

    private static final Instant FIRST_ISSUED = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration ISSUED_EVERY = Duration.ofDays(7);

    /**
     * Downloads it.
     *
     * @param described what it holds; nothing if the scenario does not say
     * @param changes how often it has changed; after the first time it holds also what is published later
     */
    static Mirror of(Row repository, Optional<RepositoryScenario> described, int changes) {
        var published = new ArrayList<PublishedUpdate>();
        described.ifPresent(known -> {
            published.addAll(known.updates());
            published.addAll(changes > 0 ? known.publishedLater() : List.of());
        });
        var records = new ArrayList<UpdateRecord>();
        published.forEach(
                update -> records.add(record(update, FIRST_ISSUED.plus(ISSUED_EVERY.multipliedBy(records.size())))));
        var info = new UpdatesInfo(
                described.flatMap(RepositoryScenario::apiVersion).orElse(null), records);
        return new Mirror(
                repository.uuid(),
                hash(info + " " + changes),
                info,
                published.stream().flatMap(update -> packages(update).stream()).toList(),
                List.copyOf(published));
    }

    private static UpdateRecord record(PublishedUpdate update, Instant issued) {
        return new UpdateRecord(
                update.id(),
                update.type(),
                update.summary(),
                update.description(),
                update.specialInfo(),
                update.url(),
                update.title(),
                issued,
                update.severity(),
                new Guidances(Map.of(
                        GuidanceKind.MANDATORY, guidance(update.mandatory()),
                        GuidanceKind.RECOMMENDED, guidance(update.recommended()),
                        GuidanceKind.FULL, guidance(update.full()),
                        GuidanceKind.LIVEPATCH, guidance(update.livepatch()))),
                update.applicabilities().stream()
                        .map(rule ->
                                new Applicability(rule.name(), rule.arch(), rule.inequality(), Evr.parse(rule.bound())))
                        .toList(),
                update.livePatches().stream().map(Mirror::livePatch).toList());
    }

    private static List<Guidance> guidance(List<String> words) {
        return words.stream().map(Guidance::ofUpdateInfo).toList();
    }

    private static RepositoryLivePatch livePatch(PublishedUpdate.PublishedLivePatch patch) {
        var base = Evr.parse(patch.base());
        var to = Evr.parse(patch.to());
        return new RepositoryLivePatch(
                patch.component(), patch.baseBuildId(), base.version(), base.release(), to.version(), to.release());
    }

    private static List<OfferedPackage> packages(PublishedUpdate update) {
        return update.packages().stream()
                .map(RpmPackage::parse)
                .flatMap(Optional::stream)
                .map(rpm -> new OfferedPackage(rpm, update.id()))
                .toList();
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The answer of {@code GET /host_updates} as hosts write it and as their coordinator reads it (xapi.md §7.3). */
final class HostListingJson {
    private static final String AN_UPDATE = "an update";
    private static final String A_LIVE_PATCH = "a livepatch";
    private static final String NAME = "name";
    private static final String ARCH = "arch";
    private static final String OLD = "oldEpochVerRel";
    private static final String NEW = "newEpochVerRel";
    private static final String UPDATE = "updateId";
    private static final String REPOSITORY = "repository";
    private static final String EPOCH = "epoch";
    private static final String VERSION = "version";
    private static final String RELEASE = "release";

    private HostListingJson() {}

    /**
     * Reads a whole listing.
     *
     * @throws ApiFailure {@code INTERNAL_ERROR} if an entry lacks something
     */
    static HostListing read(JsonNode json) {
        return new HostListing(
                updates(json.path("updates")),
                updates(json.path("accumulative_updates")),
                entries(json.path("applied_livepatches"))
                        .map(HostListingJson::readRunning)
                        .toList());
    }

    private static List<RpmUpdate> updates(JsonNode list) {
        return entries(list).map(HostListingJson::readUpdate).toList();
    }

    private static Stream<JsonNode> entries(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /**
     * Reads one entry of {@code updates} or {@code accumulative_updates}.
     *
     * @throws ApiFailure {@code INTERNAL_ERROR} if it lacks anything but the installed version and the update
     */
    static RpmUpdate readUpdate(JsonNode json) {
        var offered = readEvr(json.path(NEW));
        if (offered == null) {
            throw unreadable(AN_UPDATE);
        }
        return new RpmUpdate(
                needed(json, NAME, AN_UPDATE),
                needed(json, ARCH, AN_UPDATE),
                readEvr(json.path(OLD)),
                offered,
                json.path(UPDATE).stringValue(null),
                needed(json, REPOSITORY, AN_UPDATE));
    }

    private static @Nullable Evr readEvr(JsonNode json) {
        var epoch = Evr.parseEpoch(json.path(EPOCH).stringValue(""));
        var version = json.path(VERSION).stringValue(null);
        var release = json.path(RELEASE).stringValue(null);
        return epoch.isEmpty() || version == null || release == null
                ? null
                : new Evr(epoch.getAsInt(), version, release);
    }

    private static RunningLivePatch readRunning(JsonNode json) {
        var component = LivePatchComponent.of(needed(json, "component", A_LIVE_PATCH));
        var version = json.path("to_version").stringValue(null);
        var release = json.path("to_release").stringValue(null);
        return new RunningLivePatch(
                component.orElseThrow(() -> unreadable(A_LIVE_PATCH)),
                needed(json, "base_build_id", A_LIVE_PATCH),
                version == null || release == null ? null : Evr.of(version, release));
    }

    private static String needed(JsonNode json, String field, String what) {
        var text = json.path(field).stringValue(null);
        if (text == null) {
            throw unreadable(what);
        }
        return text;
    }

    private static ApiFailure unreadable(String what) {
        return ApiFailure.of("INTERNAL_ERROR", "Can't construct " + what + " from json");
    }

    /** Writes one entry of {@code updates} or {@code accumulative_updates}. */
    static ObjectNode write(RpmUpdate update) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put(NAME, update.name())
                .put(ARCH, update.arch())
                .put(UPDATE, update.updateId())
                .put(REPOSITORY, update.repository());
        json.set(NEW, write(update.newEvr()));
        var old = update.oldEvr();
        if (old != null) {
            json.set(OLD, write(old));
        }
        return json;
    }

    private static ObjectNode write(Evr evr) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(EPOCH, evr.epochText())
                .put(VERSION, evr.version())
                .put(RELEASE, evr.release());
    }
}

package io.xenpatch.simulator;

import io.xenpatch.simulator.model.Profile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** One series of recordings and the simulated pool that it is played to. */
final class RecordedSeries implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** What the two servers name differently: references and event tokens. */
    private static final Pattern NAME = Pattern.compile("(OpaqueRef:[0-9a-f-]{36}|\\d{20},\\d{20})");

    /** The session that the recordings of HTTP's edges use. */
    private static final String HTTP_SESSION = "OpaqueRef:14f8eb81-5bf3-1df7-a4db-b6e72e27052c";
    /** Long after the end of a series: the recorded server's host could not really go away. */
    private static final Duration NEVER = Duration.ofDays(1);

    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final int LOOKS = 200;
    private static final int LOOKS_FOR_NOTHING = 6;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T01:21:13Z"));
    private final Simulator simulator;
    private final RawClient raw;
    private final Preparations preparations;
    private final Map<String, String> ours = new LinkedHashMap<>();
    private final Set<String> shared = new HashSet<>();

    RecordedSeries(String kind) {
        var state = RecordedState.of(kind);
        state.values().forEach(objects -> shared.addAll(objects.keySet()));
        simulator = Simulator.start(
                Scenario.of(pool(kind, state)).timing(Stage.SHUTDOWN_DELAY, NEVER),
                SimulatorSettings.manual(clock).overPlainHttp());
        var pool = simulator.pools().get(0);
        var isSupporter = kind.equals("slave");
        raw = new RawClient(
                pool.hosts().get(isSupporter ? 1 : 0).address(),
                Integer.parseInt(pool.address().substring(pool.address().indexOf(':') + 1)));
        if (kind.contains("booting")) {
            simulator.inject(Fault.on(pool.poolUuid(), FaultKind.REFUSE_ENABLE)
                    .onHost(pool.hosts().get(0).uuid())
                    .lasting(NEVER));
        }
        var client = new SimulatedClient(pool, "127.0.0.1");
        preparations = new Preparations(this, isSupporter ? client : client.login());
        if (kind.equals("http")) {
            same(HTTP_SESSION, client.session());
        }
    }

    private static PoolScenario pool(String kind, Map<String, Map<String, Map<String, Object>>> state) {
        var pool = Scenario.pool("recorded")
                .profile(Profile.XENSERVER_8)
                .credentials("root", "xapi-test-pw")
                .records(state)
                .plugin("sleeper", RecordedSeries::sleep)
                .host(kind.equals("slave") ? 0 : 1, HostScenario::unreachable)
                .host(2, HostScenario::unreachable)
                .withoutExtension("pool_update.apply");
        return kind.equals("jsonrpc2") ? pool : pool.withoutExtension("pool_update.precheck");
    }

    /** The plugin that the recorded server had. */
    private static HostPlugin.Outcome sleep(String host, String function, Map<String, String> args) {
        var seconds = args.getOrDefault("seconds", "0");
        var after = Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
        return "fail".equals(function)
                ? HostPlugin.Outcome.failed(List.of("PLUGIN_SAID_NO", "first", "second"), after)
                : HostPlugin.Outcome.said("slept " + seconds, after);
    }

    static JsonNode tree(String body) {
        if (body.startsWith("<html>")) {
            var reason = body.indexOf("Additional information </h1>");
            return StringNode.valueOf(reason < 0 ? body : body.substring(0, reason));
        }
        // a body may hold bytes that are no UTF-8: both sides are read in Latin-1
        return body.startsWith("<") ? XmlTree.of(body) : MAPPER.readTree(body);
    }

    /** Plays one exchange. @return the simulator's answer; empty when it gave none */
    Optional<String> play(Recording recorded) throws IOException {
        preparations.before(recorded);
        var request = translated(recorded.request());
        var hangs = recorded.response().isEmpty();
        var isEvent = request.contains("event.from");
        var answer = raw.exchange(
                request,
                Recording.answers(recorded.response()).size(),
                hangs ? LOOKS_FOR_NOTHING : LOOKS,
                () -> preparations.during(recorded),
                () -> {
                    if (!hangs && !isEvent) {
                        advance(A_MOMENT);
                    }
                });
        answer.filter(came -> !hangs).ifPresent(came -> learn(recorded.responseBody(), Recording.body(came)));
        return answer;
    }

    void advance(Duration length) {
        simulator.advance(length);
    }

    /** From now on the first name means the second. */
    void same(String recordedName, String ourName) {
        ours.put(recordedName, ourName);
    }

    private String translated(String request) {
        var translated = request;
        for (var pair : ours.entrySet()) {
            // as long as what it replaces, so that lengths stay right
            translated = translated.replace(pair.getKey(), pair.getValue());
        }
        return translated;
    }

    /** New names stand at the same places of both answers. */
    private void learn(String recordedBody, String ourBody) {
        var theirs = names(recordedBody);
        var here = names(ourBody);
        if (theirs.size() == here.size()) {
            for (int i = 0; i < theirs.size(); i++) {
                if (!shared.contains(theirs.get(i))) {
                    remember(theirs.get(i), here.get(i));
                }
            }
        }
    }

    /** A reference means one thing for ever; the same token may come again, and then the latest counts. */
    private void remember(String theirs, String here) {
        if (theirs.startsWith("OpaqueRef:")) {
            ours.putIfAbsent(theirs, here);
        } else {
            ours.put(theirs, here);
        }
    }

    private static List<String> names(String body) {
        var names = new ArrayList<String>();
        var matcher = NAME.matcher(body);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    @Override
    public void close() {
        simulator.close();
    }
}

package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Changes;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiClass;
import io.xenpatch.simulator.rpc.Answer;
import io.xenpatch.simulator.rpc.PendingAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** One {@code event.from}: what happened since a token to the classes and objects asked for. */
final class EventPoll implements PendingAnswer.EventWait {
    /** Stands in the method table; {@code event.from} is no operation but a look at the changes. */
    static final Operation OPERATION = call -> {
        throw ApiFailure.of("INTERNAL_ERROR", "event.from");
    };

    /** Classes of which the server tells no events. */
    private static final Set<String> SILENT = Set.of("session", "user", "secret");

    private static final Pattern TOKEN = Pattern.compile("\\d{20},\\d{20}");
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration GATHER_TASKS = Duration.ofMillis(5);

    private final Database db;
    private final Sessions sessions;
    private final String session;
    private final List<String> subscriptions;
    private final long since;
    private final Duration timeout;
    private final CompletableFuture<Answer> answer;
    private long lookedAt = -1;

    /** @throws ApiFailure EVENT_FROM_TOKEN_PARSE_FAILURE */
    EventPoll(Database db, Sessions sessions, Invocation call) {
        this.db = db;
        this.sessions = sessions;
        this.session = call.session();
        this.subscriptions = call.list(0).stream().map(EventPoll::subscription).toList();
        this.since = parse(call.text(1));
        this.timeout = Duration.ofMillis((long) (((Number) call.arg(2)).doubleValue() * 1000));
        this.answer = call.reply();
    }

    private static String subscription(String text) {
        if (text.isEmpty() || text.indexOf('/') != text.lastIndexOf('/')) {
            throw ApiFailure.of("EVENT_SUBSCRIPTION_PARSE_FAILURE", text);
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static long parse(String token) {
        if (token.isEmpty()) {
            return 0;
        }
        if (!TOKEN.matcher(token).matches()) {
            throw ApiFailure.of("EVENT_FROM_TOKEN_PARSE_FAILURE", token);
        }
        return Long.parseLong(token.substring(0, token.indexOf(',')));
    }

    static String token(long generation) {
        return "%020d,%020d".formatted(generation, 0);
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Duration pause() {
        return subscriptions.stream().allMatch(each -> each.startsWith("task")) ? GATHER_TASKS : GATHER;
    }

    @Override
    public void onChange(Runnable listener) {
        db.changes().onNext(listener);
        var unused = answer.whenComplete((done, failure) -> db.changes().forget(listener));
    }

    @Override
    public void look(boolean last) {
        if (answer.isDone()) {
            return;
        }
        if (!sessions.isOpen(session)) {
            answer.complete(Answer.failed(ApiFailure.of("SESSION_INVALID", session)));
            return;
        }
        var generation = db.changes().generation();
        if (generation == lookedAt && !last) {
            return;
        }
        lookedAt = generation;
        var events = events(db.changes());
        if (!events.isEmpty() || last) {
            answer.complete(Answer.of(batch(events)));
        }
    }

    private Map<String, Object> batch(List<Map<String, Object>> events) {
        var batch = new LinkedHashMap<String, Object>();
        batch.put("events", events);
        var counts = new LinkedHashMap<String, Object>();
        db.datamodel().classes().forEach(each -> counts.put(each.eventName(), count(each)));
        batch.put("valid_ref_counts", counts);
        batch.put("token", token(db.changes().generation()));
        return batch;
    }

    /** Messages are no rows of the server's database, so they don't count. */
    private int count(XapiClass type) {
        return "message".equals(type.name()) ? 0 : db.all(type.name()).size();
    }

    private List<Map<String, Object>> events(Changes changes) {
        var adds = new ArrayList<Map<String, Object>>();
        var mods = new ArrayList<Map<String, Object>>();
        for (var row : changes.liveAfter(since)) {
            if (concerns(row)) {
                var isNew = row.createdAt() > since;
                (isNew ? adds : mods).add(event(row, isNew ? "add" : "mod"));
            }
        }
        adds.addAll(mods);
        if (since > 0) {
            changes.deletedAfter(since).stream()
                    .filter(row -> row.createdAt() <= since && concerns(row))
                    .map(row -> event(row, "del"))
                    .forEach(adds::add);
        }
        return adds;
    }

    private boolean concerns(Row row) {
        var name = row.type().eventName();
        return !SILENT.contains(name) && isSubscribed(row, name);
    }

    private boolean isSubscribed(Row row, String name) {
        return subscriptions.contains(name)
                || subscriptions.contains("*")
                || subscriptions.contains(name + "/" + row.ref().toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> event(Row row, String operation) {
        var event = new LinkedHashMap<String, Object>();
        event.put("id", String.valueOf(row.changedAt()));
        event.put("timestamp", "0.0");
        event.put("class", row.type().eventName());
        event.put("operation", operation);
        event.put("ref", row.ref());
        if (!"del".equals(operation)) {
            event.put("snapshot", row.snapshot());
        }
        return event;
    }
}

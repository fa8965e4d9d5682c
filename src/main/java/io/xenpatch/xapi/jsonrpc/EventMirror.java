package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.PoolMirror;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A copy of the records, kept fresh by {@code event.from}; the snapshot is made of it by the same code as of a full read. */
final class EventMirror implements PoolMirror {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final List<String> CLASSES =
            RecordType.MIRRORED.stream().map(RecordType::eventName).toList();

    private static final Set<String> FORGOTTEN =
            Set.of("SESSION_INVALID", "HOST_IS_SLAVE", "EVENT_FROM_TOKEN_PARSE_FAILURE");

    private final Calls calls;
    private final Certificates certificates;
    private PoolRecords records = new PoolRecords(RecordType.COUNTED);
    private String token = "";
    private @Nullable Session session;
    private @Nullable Repositories repositories;

    EventMirror(Calls calls, Certificates certificates) {
        this.calls = calls;
        this.certificates = certificates;
    }

    @Override
    public CompletableFuture<Optional<PoolSnapshot>> next(Duration limit) {
        var wait = Deadline.in(limit.compareTo(LONGEST) < 0 ? limit : LONGEST);
        return poll(wait)
                .exceptionallyCompose(
                        thrown -> isForgotten(thrown) ? pollAnew(wait) : CompletableFuture.failedFuture(thrown))
                .thenCompose(changed -> changed ? snapshot() : CompletableFuture.completedFuture(Optional.empty()))
                .exceptionallyCompose(thrown -> {
                    startAnew();
                    return CompletableFuture.failedFuture(
                            WireFailure.toXapi(calls.connection().sessions().endpoint(), thrown));
                });
    }

    @Override
    public Optional<PoolSnapshot> present() {
        return token.isEmpty() ? Optional.empty() : Optional.of(new Snapshots(records).pool());
    }

    private CompletableFuture<Optional<PoolSnapshot>> snapshot() {
        return readRepositories().thenCompose(known -> {
            var pool = new Snapshots(known).pool();
            return certificates.learnUnknown(pool.hosts(), calls.readDeadline()).thenApply(pins -> Optional.of(pool));
        });
    }

    /** Reads them where the pool uses others than before, or has synchronised: what else changes of them is no matter. */
    private CompletableFuture<PoolRecords> readRepositories() {
        var known = records;
        var now = known.all(RecordType.POOL).stream().findFirst().map(Repositories::of);
        if (now.isEmpty() || now.get().used() == null || now.get().equals(repositories)) {
            return CompletableFuture.completedFuture(known);
        }
        var question = RecordType.REPOSITORY.name() + ".get_all_records";
        return calls.readLater(calls.readDeadline(), question, RecordType.REPOSITORY.allRecords())
                .thenApply(all -> {
                    known.replaceAll(RecordType.REPOSITORY, all);
                    repositories = now.get();
                    return known;
                });
    }

    /** The pool has restarted: it knows neither the session nor the token any more. */
    private static boolean isForgotten(Throwable thrown) {
        return WireFailure.ours(thrown)
                .filter(XapiFailure.Refused.class::isInstance)
                .map(XapiFailure.Refused.class::cast)
                .filter(refused -> FORGOTTEN.contains(refused.code()))
                .isPresent();
    }

    private CompletableFuture<Boolean> pollAnew(Deadline wait) {
        startAnew();
        return poll(wait);
    }

    private void startAnew() {
        records = new PoolRecords(RecordType.COUNTED);
        token = "";
        repositories = null;
    }

    /** Asks until something that matters has changed, or the time is over. @return whether something has */
    private CompletableFuture<Boolean> poll(Deadline wait) {
        return calls.connection()
                .sessions()
                .get(calls.readDeadline())
                .thenCompose(current -> ask(current, wait))
                .thenCompose(next ->
                        next == Next.ASK_AGAIN ? poll(wait) : CompletableFuture.completedFuture(next == Next.CHANGED));
    }

    private CompletableFuture<Next> ask(Session current, Deadline wait) {
        if (!current.equals(session)) {
            startAnew();
            session = current;
        }
        var isFirst = token.isEmpty();
        var seconds = isFirst ? 0.0 : wait.left().toMillis() / 1000.0;
        var limit = Duration.ofMillis((long) (seconds * 1000)).plus(calls.readTimeout());
        var question = new Call<>(
                "event.from", Effect.READ, List.of(CLASSES, token, seconds), EventBatch::read, Deadline.in(limit));
        return calls.connection().exchange(question, current).thenApply(batch -> take(batch, isFirst, wait));
    }

    private Next take(EventBatch batch, boolean isFirst, Deadline wait) {
        var changed = isFirst;
        for (var event : batch.events()) {
            changed |= event.applyTo(records);
        }
        token = batch.token();
        if (missedSomething(batch.validRefCounts())) {
            if (isFirst) {
                throw new XapiFailure.AnswerLost("event.from does not tell of every object");
            }
            startAnew();
            return Next.ASK_AGAIN;
        }
        if (changed) {
            return Next.CHANGED;
        }
        return wait.isOver() ? Next.UNCHANGED : Next.ASK_AGAIN;
    }

    /** More or fewer objects than the server counts: a deletion went by unnoticed. */
    private boolean missedSomething(Map<String, Integer> counts) {
        return RecordType.MIRRORED.stream()
                .filter(type -> counts.containsKey(type.eventName()))
                .anyMatch(type -> records.count(type) != counts.getOrDefault(type.eventName(), 0));
    }

    /** What the pool's own record tells of its repositories; of an old server nothing. */
    private record Repositories(
            @Nullable List<String> used, @Nullable String syncedAt) {
        static Repositories of(Records.Pool pool) {
            return new Repositories(pool.repositories(), pool.lastUpdateSync());
        }
    }

    private enum Next {
        CHANGED,
        UNCHANGED,
        ASK_AGAIN
    }
}

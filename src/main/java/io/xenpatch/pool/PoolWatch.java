package io.xenpatch.pool;

import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.PoolMirror;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one pool in one epoch: asks its mirror, writes what came, asks again. Holds no thread while it waits. One question at a
 * time, so its fields are seen by one thread after the other.
 */
final class PoolWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PoolWatch.class);

    private final PoolUuid pool;
    private final long epoch;
    private final XapiPool connection;
    private final PoolMirror mirror;
    private final WatchTools tools;
    private final Runnable lost;
    private final Backoff backoff;
    private volatile boolean stopped;
    private volatile @Nullable Known known;
    private volatile @Nullable PoolAccess access;
    private long knownAtLastLook;
    private volatile boolean disturbed;
    private volatile boolean connected;
    private volatile long certificatesReadAt;

    /** @param lost called when the epoch turns out to be over */
    PoolWatch(PoolUuid pool, long epoch, XapiPool connection, WatchTools tools, Runnable lost) {
        this.pool = pool;
        this.epoch = epoch;
        this.connection = connection;
        this.mirror = connection.mirror();
        this.tools = tools;
        this.lost = lost;
        // some time ago: the pools of a process don't all come to be asked at the same time
        this.certificatesReadAt = System.nanoTime()
                - ThreadLocalRandom.current()
                        .nextLong(tools.settings().certificatesEvery().toNanos() + 1);
        this.backoff = new Backoff(
                tools.settings().reconnectFirst(), tools.settings().reconnectLongest(), ThreadLocalRandom.current());
    }

    long epoch() {
        return epoch;
    }

    /** Asks for the first time. */
    void start() {
        after(Duration.ZERO);
    }

    /** Writes nothing from now on. */
    void stop() {
        stopped = true;
    }

    /**
     * Somebody else has written into this pool's inventory, or the database server crashed and lost what was written last.
     *
     * @param revision of the inventory, as read just now; called by one thread
     */
    void compareWith(long revision) {
        var last = known;
        if (last != null && last.isContradictedBy(revision, knownAtLastLook)) {
            known = null;
        }
        knownAtLastLook = last == null ? 0 : last.revision();
    }

    private void ask() {
        if (stopped) {
            return;
        }
        mirror.next(tools.settings().pollLimit())
                .whenCompleteAsync((answer, failure) -> answered(answer, failure), tools.workers());
    }

    /** The one boundary of a watch: whatever goes wrong, it goes on, unless its epoch is over. */
    private void answered(@Nullable Optional<PoolSnapshot> answer, @Nullable Throwable failure) {
        if (stopped) {
            return;
        }
        try {
            after(answer == null ? failed(failure) : took(answer));
        } catch (StaleEpoch e) {
            LOG.debug("Watch of pool {} ends: {}", pool, e.getMessage());
            stop();
            lost.run();
        } catch (RuntimeException e) {
            LOG.warn("What pool {} told could not be kept; it is asked again", pool, e);
            known = null;
            after(backoff.next());
        }
    }

    /** @return how long to wait before the next question */
    private Duration took(Optional<PoolSnapshot> answer) {
        var before = known;
        // nothing is known when a write failed or somebody else has written: then what the pool was told last is
        // written again
        var written = answer.or(() -> before == null ? mirror.present() : Optional.empty())
                .map(snapshot -> tools.inventory().write(pool, epoch, snapshot, before))
                .orElse(before);
        known = written;
        // a write has looked at the epoch, which a quiet pool's watch must do too
        if (!connected || written == before) {
            tools.watches().note(pool, epoch, ConnectionState.CONNECTED, null);
            connected = true;
        }
        backoff.reset();
        disturbed = false;
        keepPins();
        return tools.settings().writeInterval();
    }

    private void keepPins() {
        if (System.nanoTime() - certificatesReadAt
                > tools.settings().certificatesEvery().toNanos()) {
            certificatesReadAt = System.nanoTime();
            if (tools.pins().believes(pool)) {
                var unused = connection.pool().certificates().whenComplete((pins, failure) -> {
                    if (failure != null) {
                        LOG.debug("Pool {} does not tell its certificates", pool, failure);
                    }
                });
            }
        }
        var now = connection.access();
        if (!now.equals(access)) {
            tools.pins().keep(pool, now);
            access = now;
        }
    }

    private Duration failed(@Nullable Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (!(cause instanceof XapiFailure failure)) {
            throw new IllegalStateException("the mirror of pool " + pool + " failed", cause);
        }
        LOG.debug("Pool {}: {}", pool, failure.toString());
        connected = false;
        tools.watches().note(pool, epoch, state(failure), presented(failure));
        disturbed = true;
        return backoff.next();
    }

    /** One lost answer is a disturbance; the second in a row means that nobody answers. */
    private ConnectionState state(XapiFailure failure) {
        var passing = disturbed ? ConnectionState.UNREACHABLE : ConnectionState.CONNECTING;
        return failure.fold(
                refused -> passing,
                unreachable -> ConnectionState.UNREACHABLE,
                answerLost -> passing,
                certificate -> ConnectionState.CERTIFICATE_CHANGED,
                authentication -> ConnectionState.AUTHENTICATION_FAILED,
                notXapi -> ConnectionState.UNREACHABLE);
    }

    private static @Nullable String presented(XapiFailure failure) {
        return failure instanceof XapiFailure.CertificateRefused refused ? refused.presented() : null;
    }

    private void after(Duration pause) {
        try {
            if (pause.isZero()) {
                tools.workers().execute(this::ask);
            } else {
                tools.timer()
                        .schedule(() -> tools.workers().execute(this::ask), pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("Watch of pool {} ends with the service", pool);
        }
    }
}

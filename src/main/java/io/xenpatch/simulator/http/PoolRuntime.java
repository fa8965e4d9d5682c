package io.xenpatch.simulator.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatorClock;
import io.xenpatch.simulator.pool.ImageImport;
import io.xenpatch.simulator.pool.Journal;
import io.xenpatch.simulator.pool.SimulatedPool;
import io.xenpatch.simulator.rpc.Answer;
import io.xenpatch.simulator.rpc.PendingAnswer;
import io.xenpatch.simulator.rpc.RpcCall;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A pool on its event loop: only this loop's thread touches it, and a timer wakes it for what happens by itself. */
final class PoolRuntime {
    private static final long BOUND_SECONDS = 30;

    private final EventLoop loop;
    private final SimulatorClock clock;
    private final SimulatedPool pool;
    private @Nullable Future<?> alarm;
    private @Nullable Instant alarmAt;

    PoolRuntime(
            EventLoop loop,
            SimulatorClock clock,
            Scenario scenario,
            PoolScenario spec,
            Journal journal,
            IntConsumer connectionsLost) {
        this.loop = loop;
        this.clock = clock;
        this.pool = new SimulatedPool(scenario, spec, journal, clock.now(), connectionsLost);
    }

    EventLoop loop() {
        return loop;
    }

    SimulatedPool pool() {
        return pool;
    }

    /** On the loop only. */
    PendingAnswer call(int host, RpcCall call) {
        var answer = pool.call(host, call, clock.now());
        setAlarm();
        return answer;
    }

    /** On the loop only: the document of {@code GET /updates}, or why there is none. */
    CompletableFuture<Answer> updates(int host, String session, List<String> hosts) {
        var answer = pool.updates(host, session, hosts, clock.now());
        setAlarm();
        return answer;
    }

    /** On the loop only. @throws ApiFailure if it is not possible */
    ImageImport importImage(int host, String vdi, String task, long length) {
        var begun = pool.importImage(host, vdi, task, length, clock.now());
        setAlarm();
        return begun;
    }

    /** On the loop only: lets everything happen that is due. */
    void catchUp() {
        pool.advanceTo(clock.now());
        setAlarm();
    }

    void churn() {
        pool.churn(clock.now());
        setAlarm();
    }

    void inject(Fault fault) {
        pool.inject(fault, clock.now());
        setAlarm();
    }

    /** Real nanoseconds that a virtual length takes; 0 on a manual clock, which has no idea. */
    long realNanos(java.time.Duration virtual) {
        return clock.realUntil(clock.now().plus(virtual))
                .map(java.time.Duration::toNanos)
                .orElse(0L);
    }

    private void setAlarm() {
        var due = pool.nextDue().orElse(null);
        if (due == null || due.equals(alarmAt)) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmAt = due;
        alarm = clock.realUntil(due)
                .<Future<?>>map(real -> Later.in(loop, real.toNanos(), this::wake))
                .orElse(null);
    }

    private void wake() {
        alarmAt = null;
        Later.guarded(this::catchUp);
        setAlarm();
    }

    /** Runs something on the loop and waits for it, at most half a minute. */
    <T> T ask(Callable<T> question) {
        try {
            return loop.submit(question).get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the pool did not answer in " + BOUND_SECONDS + " s", e);
        }
    }
}

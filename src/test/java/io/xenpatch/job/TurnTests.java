package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The turns of an instance that is told to stop. */
@Timeout(20)
class TurnTests {
    private static final Instant NOW = Instant.parse("2026-11-27T04:00:00Z");
    private static final PoolUpdateId ID = PoolUpdateId.random();

    @Test
    void finishesTheSliceThatRunsAndBeginsNoOther() throws Exception {
        CountDownLatch inSlice = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger slices = new AtomicInteger();
        Turn turn = new Turn(
                id -> {
                    slices.incrementAndGet();
                    inSlice.countDown();
                    join(goOn);
                    return Tick.at(NOW);
                },
                () -> NOW);
        CompletableFuture<Instant> taking = CompletableFuture.supplyAsync(() -> turn.take(ID));
        inSlice.await();

        assertThat(turn.stop(Duration.ofMillis(20))).as("while a slice runs").isFalse();
        goOn.countDown();

        assertThat(turn.stop(Duration.ofSeconds(10))).isTrue();
        assertThat(taking.get()).as("it is due for somebody else").isEqualTo(NOW);
        assertThat(slices).hasValue(1);
        assertThat(turn.take(ID)).isEqualTo(NOW);
        assertThat(slices).hasValue(1);
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

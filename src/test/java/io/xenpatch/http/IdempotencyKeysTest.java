package io.xenpatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.IntegrationTest;
import io.xenpatch.caller.Caller;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class IdempotencyKeysTest {
    private static final String OPERATION = "POST /things";

    private final String key = UUID.randomUUID().toString();
    private final AtomicInteger created = new AtomicInteger();

    @Autowired
    IdempotencyKeys keys;

    @Test
    void createsOnceForTheSameKeyAndBody() {
        var first = once(Map.of("a", 1));
        var second = once(Map.of("a", 1));

        assertThat(first).isEqualTo(new IdempotencyKeys.Once("thing-1", false));
        assertThat(second).isEqualTo(new IdempotencyKeys.Once("thing-1", true));
    }

    @Test
    void refusesTheKeyWithAnotherBody() {
        once(Map.of("a", 1));

        assertThatThrownBy(() -> once(Map.of("a", 2)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.type()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED));
    }

    @Test
    void forgetsTheKeyOfARequestThatFailed() {
        assertThatThrownBy(() -> keys.once(Caller.localAdmin(), OPERATION, key, "x", () -> {
                    throw new IllegalStateException("failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(once("y").repeated()).isFalse();
    }

    @Test
    void letsASecondRequestWaitForTheFirst() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> keys.once(Caller.localAdmin(), OPERATION, key, "x", () -> {
            entered.countDown();
            await(leave);
            return "thing-" + created.incrementAndGet();
        }));
        entered.await();
        var second = CompletableFuture.supplyAsync(() -> once("x"));
        leave.countDown();

        assertThat(first.get().repeated()).isFalse();
        assertThat(second.get()).isEqualTo(new IdempotencyKeys.Once("thing-1", true));
    }

    private IdempotencyKeys.Once once(Object request) {
        return keys.once(Caller.localAdmin(), OPERATION, key, request, () -> "thing-" + created.incrementAndGet());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.xapi.XapiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PolledTests {
    private final List<CompletableFuture<String>> asked = new ArrayList<>();
    private final Polled<String> polled = new Polled<>();

    @Test
    void joinsTheQuestionThatIsOnItsWay() {
        assertThat(polled.poll(this::ask)).isEmpty();
        assertThat(polled.poll(this::ask)).isEmpty();

        assertThat(asked).hasSize(1);
    }

    @Test
    void givesAnAnswerOnceAndThenAsksAnew() {
        polled.poll(this::ask);
        asked.get(0).complete("first");

        assertThat(polled.poll(this::ask)).contains("first");
        assertThat(polled.poll(this::ask)).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void givesAtOnceWhatIsAnsweredAtOnce() {
        assertThat(polled.poll(() -> CompletableFuture.completedFuture("here"))).contains("here");
    }

    @Test
    void failsAsTheQuestionFailedAndThenAsksAnew() {
        polled.poll(this::ask);
        asked.get(0).completeExceptionally(new XapiFailure.Refused("NO_REPOSITORY_ENABLED", List.of()));

        assertThatThrownBy(() -> polled.poll(this::ask))
                .isInstanceOf(XapiFailure.Refused.class)
                .hasMessageContaining("NO_REPOSITORY_ENABLED");
        assertThat(polled.poll(this::ask)).isEmpty();
        assertThat(asked).hasSize(2);
    }

    private CompletableFuture<String> ask() {
        asked.add(new CompletableFuture<>());
        return asked.get(asked.size() - 1);
    }
}

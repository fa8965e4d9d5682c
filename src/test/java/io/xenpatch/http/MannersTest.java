package io.xenpatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class MannersTest {

    @Test
    void readsACursorBack() {
        var at = Instant.parse("2026-01-02T03:04:05.678Z");
        var id = UUID.randomUUID();

        var cursor = Cursor.parse(Cursor.of(at, id, 7L, "ä/+ö").toString());

        assertThat(cursor.instantAt(0)).isEqualTo(at);
        assertThat(cursor.uuidAt(1)).isEqualTo(id);
        assertThat(cursor.longAt(2)).isEqualTo(7);
        assertThat(cursor.textAt(3)).isEqualTo("ä/+ö");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "a", "äöü", "bm9udW1iZXI", "MQA"})
    void refusesACursorThatIsNotOurs(String text) {
        assertProblem(ProblemType.MALFORMED_REQUEST, () -> Cursor.parse(text).longAt(0));
    }

    @Test
    void endsTheLastPageWithoutACursor() {
        var request = new PageRequest(2, Optional.empty());

        assertThat(Page.of(List.of("a", "b"), request, Cursor::of)).isEqualTo(new Page<>(List.of("a", "b"), null));
        assertThat(Page.of(List.of("a", "b", "c"), request, Cursor::of))
                .isEqualTo(new Page<>(List.of("a", "b"), Cursor.of("b").toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=30", "respond-async, wait=30", "respond-async;wait=\"30\"", "WAIT = 30"})
    void understandsThePreferenceToWait(String header) {
        assertThat(Wait.parse(List.of(header)).wanted()).hasValue(Duration.ofSeconds(30));
    }

    @Test
    void waitsNoLongerThanFiveMinutes() {
        assertThat(Wait.parse(List.of("wait=86400")).wanted()).hasValue(Duration.ofSeconds(300));
        assertThat(Wait.parse(List.of("wait=99999999999999999999")).wanted()).hasValue(Duration.ofSeconds(300));
    }

    @Test
    void takesTheDefaultWithoutAPreference() {
        assertThat(Wait.parse(List.of("return=minimal")).orElse(Duration.ofSeconds(7)))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=", "wait=soon", "wait=-1", "wait=1.5"})
    void refusesAPreferenceThatIsNoNumberOfSeconds(String header) {
        assertProblem(ProblemType.MALFORMED_REQUEST, () -> Wait.parse(List.of(header)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/event-stream                             | text/event-stream",
                "text/event-stream;charset=utf-8               | text/event-stream",
                "text/*                                        | text/event-stream",
                "application/json, text/event-stream;q=0.5     | application/json",
                "application/json;q=0.5, text/event-stream     | text/event-stream",
                "text/event-stream, */*                        | text/event-stream",
                "application/json, */*                         | application/json",
                "application/json;q=0.9                        | application/json",
                "application/*                                 | application/json",
                "*/*                                           | application/json",
                "''                                            | application/json",
            })
    void choosesTheFormThatTheCallerLikesBetter(String accept, String form) {
        assertThat(Accept.of(accept).better(MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM))
                .hasToString(form);
    }

    @Test
    void refusesAnAcceptHeaderThatCannotBeRead() {
        assertProblem(ProblemType.NOT_ACCEPTABLE, () -> Accept.of("nonsense"));
    }

    @Test
    void wantsIfMatchToNameThePresentVersion() {
        assertProblem(ProblemType.PRECONDITION_REQUIRED, () -> ETag.require(null, 3));
        assertProblem(ProblemType.PRECONDITION_FAILED, () -> ETag.require("\"2\"", 3));
        assertThatCode(() -> ETag.require("\"2\", \"3\"", 3)).doesNotThrowAnyException();
        assertThatCode(() -> ETag.require("*", 3)).doesNotThrowAnyException();
    }

    private static void assertProblem(ProblemType type, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(type));
    }
}

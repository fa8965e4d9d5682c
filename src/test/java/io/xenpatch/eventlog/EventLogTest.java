package io.xenpatch.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.PageRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
@Timeout(60)
class EventLogTest {
    private final UUID job = UUID.randomUUID();

    @Autowired
    TestHttp http;

    @Autowired
    EventLog events;

    @Autowired
    EventPages pages;

    @Autowired
    EventRows rows;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void refusesAnEventOutsideOfATransaction() {
        assertThatThrownBy(() -> events.append(event("nothing.happened")))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void showsAnEventOnlyAfterItsCommit() {
        transaction.executeWithoutResult(status -> {
            events.append(event("job.forgotten"));
            status.setRollbackOnly();
        });
        append("job.kept");

        await().until(() -> !read().isEmpty());

        assertThat(read()).extracting(Event::type).containsExactly("job.kept");
    }

    @Test
    void givesPositionsInTheOrderOfTheEvents() {
        transaction.executeWithoutResult(
                status -> IntStream.range(0, 20).forEach(n -> events.append(event("job.step-" + n))));

        await().until(() -> read().size() == 20);

        assertThat(read()).extracting(Event::position).isSorted().doesNotHaveDuplicates();
        assertThat(read()).extracting(Event::type).startsWith("job.step-0", "job.step-1");
    }

    @Test
    void pagesThroughTheEventsOverHttp() {
        transaction.executeWithoutResult(
                status -> IntStream.range(0, 3).forEach(n -> events.append(event("job.step-" + n))));
        await().until(() -> read().size() == 3);

        http.client()
                .get()
                .uri("/api/v1/events?limit=2&jobId=" + job)
                .header("Accept", "application/json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[0].data.n")
                .isEqualTo(1)
                .jsonPath("$.nextCursor")
                .isNotEmpty();
    }

    @Test
    void hidesEventsOutsideOfTheCallersScope() {
        transaction.executeWithoutResult(status -> {
            rows.insert(event("pool.of-berlin"), Map.of("site", "berlin"));
            rows.insert(event("pool.of-paris"), Map.of("site", "paris"));
        });
        await().until(() -> read().size() == 2);
        var berlin = new Caller("b", Caller.Role.VIEWER, Map.of("site", "berlin"));

        var seen = pages.page(berlin, EventFilter.ofJob(job), new PageRequest(50, Optional.empty()));

        assertThat(seen.items()).extracting(Event::type).containsExactly("pool.of-berlin");
    }

    @Test
    void streamsWhatWasMissedAndThenWhatHappens() throws Exception {
        append("job.first");
        await().until(() -> !read().isEmpty());

        try (var lines = stream("0")) {
            var iterator = lines.filter(line -> line.startsWith("event:")).iterator();
            assertThat(iterator.next()).isEqualTo("event:job.first");
            append("job.second");
            assertThat(iterator.next()).isEqualTo("event:job.second");
        }
    }

    @Test
    void goesOnAfterTheNewestEventsWereRemoved() throws Exception {
        append("job.first");
        await().until(() -> !read().isEmpty());
        long removed = read().get(0).position();
        jdbc.sql("delete from event").update();

        try (var lines = stream(Long.toString(removed))) {
            append("job.second");
            assertThat(lines.filter(line -> line.startsWith("event:"))
                            .iterator()
                            .next())
                    .isEqualTo("event:job.second");
        }
        assertThat(read().get(0).position()).isGreaterThan(removed);
    }

    @Test
    void resumesAfterTheLastEventId() throws Exception {
        append("job.first");
        append("job.second");
        await().until(() -> read().size() == 2);

        try (var lines = stream(Long.toString(read().get(0).position()))) {
            assertThat(lines.filter(line -> line.startsWith("event:"))
                            .iterator()
                            .next())
                    .isEqualTo("event:job.second");
        }
    }

    @Test
    void endsTheAnswerToHeadWhichWouldOtherwiseStayOpenForEver() throws IOException {
        try (var socket = new Socket("127.0.0.1", URI.create(http.baseUrl()).getPort())) {
            socket.getOutputStream()
                    .write(("HEAD /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    + "GET /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers).startsWith("HTTP/1.1 200").contains("Content-Type: text/event-stream", "HTTP/1.1 404");
        }
    }

    @Test
    void givesPagesToWhoeverLikesJsonBetter() {
        http.client()
                .get()
                .uri("/api/v1/events?jobId=" + job)
                .header("Accept", "application/json;q=0.9, text/event-stream;q=0.5")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/json");
    }

    private Stream<String> stream(String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(http.baseUrl() + "/api/v1/events?jobId=" + job))
                .header("Last-Event-ID", lastEventId)
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return response.body();
    }

    private void append(String type) {
        transaction.executeWithoutResult(status -> events.append(event(type)));
    }

    private NewEvent event(String type) {
        return new NewEvent(type, Instant.now(), null, null, job, Map.of("n", 1));
    }

    private List<Event> read() {
        return pages.page(Caller.localAdmin(), EventFilter.ofJob(job), new PageRequest(200, Optional.empty()))
                .items();
    }
}

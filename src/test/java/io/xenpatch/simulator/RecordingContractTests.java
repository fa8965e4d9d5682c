package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every exchange that was recorded with a real server, played again in its order to a simulated pool that begins with the same
 * database: the answer must have the same shape ({@link Shape}), status and headers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingContractTests {
    private static final int ALL = 682;
    private static final List<String> KINDS =
            List.of("jsonrpc2", "jsonrpc2-while-booting", "jsonrpc1", "xmlrpc", "http", "slave", "startup");

    private final Map<String, Count> counts = new TreeMap<>();
    private final ExcludedRecordings excluded = ExcludedRecordings.read();

    @TestFactory
    Stream<DynamicTest> jsonRpc2() {
        return series("jsonrpc2");
    }

    @TestFactory
    Stream<DynamicTest> jsonRpc2WhileBooting() {
        return series("jsonrpc2-while-booting");
    }

    @TestFactory
    Stream<DynamicTest> jsonRpc1() {
        return series("jsonrpc1");
    }

    @TestFactory
    Stream<DynamicTest> xmlRpc() {
        return series("xmlrpc");
    }

    @TestFactory
    Stream<DynamicTest> http() {
        return series("http");
    }

    @TestFactory
    Stream<DynamicTest> supporter() {
        return series("slave");
    }

    @TestFactory
    Stream<DynamicTest> startup() {
        return series("startup");
    }

    @Test
    void excludesFewAndEachThatItExcludesExists() {
        var names = KINDS.stream().flatMap(Recording::all).map(Recording::name).toList();

        assertThat(names).hasSize(ALL);
        assertThat(names).containsAll(excluded.all().keySet());
        assertThat(excluded.all()).hasSizeLessThanOrEqualTo(ALL / 10);
        assertThat(excluded.all().values())
                .allSatisfy(entry -> assertThat(entry.reason()).isNotBlank());
    }

    private Stream<DynamicTest> series(String kind) {
        var series = new RecordedSeries(kind);
        var count = counts.computeIfAbsent(kind, name -> new Count());
        return Recording.all(kind)
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> {
                    if (excluded.contains(recording)) {
                        count.excluded++;
                        if (!excluded.skips(recording)) {
                            series.play(recording);
                        }
                        return;
                    }
                    count.failed++;
                    play(series, recording);
                    count.failed--;
                    count.covered++;
                }))
                .onClose(series::close);
    }

    private static void play(RecordedSeries series, Recording recorded) throws IOException {
        var answer = series.play(recorded);
        if (recorded.response().isEmpty()) {
            assertThat(answer).as("a server that hangs").isEmpty();
            return;
        }
        assertThat(answer).as("an answer").isPresent();
        var theirs = Recording.answers(recorded.response());
        var ours = Recording.answers(answer.orElseThrow());
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            compare(
                    new Recording(recorded.name(), recorded.request(), theirs.get(i)),
                    new Recording(recorded.name(), recorded.request(), ours.get(i)));
        }
    }

    private static void compare(Recording recorded, Recording ours) {
        assertThat(ours.statusLine()).isEqualTo(recorded.statusLine());
        assertThat(Recording.headers(ours.response())).isEqualTo(Recording.headers(recorded.response()));
        assertThat(ours.response())
                .contains("\r\ncontent-length: " + ours.responseBody().length() + "\r\n");
        assertThat(Shape.differences(
                        Shape.of(RecordedSeries.tree(recorded.responseBody())),
                        Shape.of(RecordedSeries.tree(ours.responseBody()))))
                .as(recorded::requestBody)
                .isEmpty();
    }

    @AfterAll
    void printTable() {
        System.out.printf("%-28s %8s %8s %8s%n", "recordings", "covered", "excluded", "failed");
        counts.forEach((kind, count) -> count.print(kind));
        counts.values().stream().reduce(Count::plus).ifPresent(sum -> sum.print("all"));
    }

    private static final class Count {
        private int covered;
        private int excluded;
        private int failed;

        private Count plus(Count other) {
            var sum = new Count();
            sum.covered = covered + other.covered;
            sum.excluded = excluded + other.excluded;
            sum.failed = failed + other.failed;
            return sum;
        }

        private void print(String name) {
            System.out.printf("%-28s %8d %8d %8d%n", name, covered, excluded, failed);
        }
    }
}

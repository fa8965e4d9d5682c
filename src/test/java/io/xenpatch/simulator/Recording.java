package io.xenpatch.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One exchange with a real server. */
record Recording(String name, String request, String response) {
    private static final Path ROOT = Path.of("src/test/resources/real-xapi");

    /** All recordings of a kind that the tests have. */
    static Stream<Recording> all(String kind) {
        try (var files = Files.list(ROOT.resolve(kind))) {
            return files
                    .filter(file -> file.toString().endsWith(".request.http"))
                    .sorted(Comparator.naturalOrder())
                    .map(file -> read(kind, file.getFileName().toString().replace(".request.http", "")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recording read(String kind, String name) {
        var folder = ROOT.resolve(kind);
        return new Recording(
                kind + "/" + name,
                text(folder.resolve(name + ".request.http")),
                text(folder.resolve(name + ".response.http")));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Recording with(String from, String to) {
        return new Recording(name, request.replace(from, to), response.replace(from, to));
    }

    /** The number that it has within its kind. */
    String number() {
        return name.substring(name.indexOf('/') + 1, name.indexOf('/') + 4);
    }

    String requestBody() {
        return body(request);
    }

    String responseBody() {
        return body(response);
    }

    /** The answers of pipelined requests, one by one. */
    static List<String> answers(String response) {
        return response.isEmpty() ? List.of() : List.of(response.split("(?<=.)(?=HTTP/1\\.[01] \\d)"));
    }

    static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    String statusLine() {
        return response.substring(0, response.indexOf("\r\n"));
    }

    /** Header lines in no order, without the length of the body. */
    static List<String> headers(String message) {
        return message.substring(0, message.indexOf("\r\n\r\n"))
                .lines()
                .skip(1)
                .filter(line -> !line.startsWith("content-length"))
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}

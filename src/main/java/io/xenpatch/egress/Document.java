package io.xenpatch.egress;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a server gave.
 *
 * @param status of HTTP
 * @param headers names in lower case; the first value of each
 */
public record Document(int status, Map<String, String> headers, byte[] body) {

    public Document {
        headers = Map.copyOf(headers);
    }

    static Document of(HttpResponse<byte[]> answer) {
        return new Document(
                answer.statusCode(),
                answer.headers().map().entrySet().stream()
                        .filter(header -> !header.getValue().isEmpty())
                        .collect(Collectors.toMap(
                                header -> header.getKey().toLowerCase(Locale.ROOT),
                                header -> header.getValue().get(0),
                                (first, second) -> first)),
                answer.body());
    }

    /** The value of a header; empty when there is none. */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }
}

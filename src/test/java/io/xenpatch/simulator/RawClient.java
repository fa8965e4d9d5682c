package io.xenpatch.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sends bytes as they are and reads one answer. */
final class RawClient {
    private static final int LOOK_MILLIS = 50;

    private final String host;
    private final int port;

    RawClient(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /**
     * Sends a message.
     *
     * @param answers how many answers to read
     * @param looks how often to look for an answer, every 50 ms
     * @param sent called when the message has left
     * @param meanwhile called before each further look
     * @return the answers in Latin-1; empty when nothing came
     */
    Optional<String> exchange(String message, int answers, int looks, Runnable sent, Runnable meanwhile)
            throws IOException {
        try (var socket = new Socket(host, port)) {
            socket.setSoTimeout(LOOK_MILLIS);
            socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
            sent.run();
            for (int look = 0; look < looks; look++) {
                try {
                    var first = socket.getInputStream().read();
                    socket.setSoTimeout(10_000);
                    return first < 0 ? Optional.empty() : Optional.of(all(first, answers, socket.getInputStream()));
                } catch (SocketTimeoutException e) {
                    meanwhile.run();
                }
            }
            return Optional.empty();
        }
    }

    private static String all(int first, int answers, InputStream stream) throws IOException {
        var all = new StringBuilder(rest(first, stream));
        for (int more = 1; more < answers; more++) {
            all.append(rest(stream.read(), stream));
        }
        return all.toString();
    }

    private static String rest(int first, InputStream stream) throws IOException {
        var head = new StringBuilder().append((char) first);
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = stream.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        var length = head.toString()
                .lines()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        return head + new String(stream.readNBytes(length), StandardCharsets.ISO_8859_1);
    }
}

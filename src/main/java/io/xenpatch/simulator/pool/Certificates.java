package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.HashMap;
import java.util.Map;

/** What the pool tells about the TLS certificates of its hosts. */
final class Certificates {
    private final Map<Integer, String> pems = new HashMap<>();

    void announce(int host, String pem) {
        pems.put(host, pem);
    }

    String of(int host) {
        var pem = pems.get(host);
        if (pem == null) {
            throw ApiFailure.of("NOT_IMPLEMENTED", "host.get_server_certificate");
        }
        return pem;
    }
}

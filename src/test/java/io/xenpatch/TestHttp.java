package io.xenpatch;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Speaks HTTP with the service under test. */
@Lazy // the port is known when the server runs
@TestComponent
public final class TestHttp {
    private final String baseUrl;
    private final RestTestClient client;

    TestHttp(Environment environment) {
        this.baseUrl = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.client = RestTestClient.bindToServer(new JdkClientHttpRequestFactory(http))
                .baseUrl(baseUrl)
                .build();
    }

    /** For example {@code http.client().get().uri("/api/v1/pools").exchange().expectStatus().isOk()}. */
    public RestTestClient client() {
        return client;
    }

    /** {@code http://127.0.0.1:<port>}, for clients that {@link #client()} can't be: streams, raw sockets. */
    public String baseUrl() {
        return baseUrl;
    }
}

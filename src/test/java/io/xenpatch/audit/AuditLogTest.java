package io.xenpatch.audit;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.caller.Caller;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class AuditLogTest {
    private final String subject = "pool/" + UUID.randomUUID();

    @Autowired
    TestHttp http;

    @Autowired
    AuditLog audit;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void showsWhoChangedWhatNewestFirst() {
        append("pool.registered");
        append("pool.edited");

        http.client()
                .get()
                .uri("/api/v1/audit-events?subject={subject}", subject)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].action")
                .isEqualTo("pool.edited")
                .jsonPath("$.items[1].actor")
                .isEqualTo("local-admin")
                .jsonPath("$.items[1].details.name")
                .isEqualTo("Berlin")
                .jsonPath("$.nextCursor")
                .isEmpty();
    }

    @Test
    void filtersByActionAndTime() {
        append("pool.registered");
        append("pool.edited");

        http.client()
                .get()
                .uri("/api/v1/audit-events?subject={s}&action=pool.edited&from=2020-01-01T00:00:00Z", subject)
                .exchange()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1);
        http.client()
                .get()
                .uri("/api/v1/audit-events?subject={s}&to=2020-01-01T00:00:00Z", subject)
                .exchange()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(0);
    }

    private void append(String action) {
        transaction.executeWithoutResult(
                status -> audit.append(Caller.localAdmin(), action, subject, Map.of("name", "Berlin")));
    }
}

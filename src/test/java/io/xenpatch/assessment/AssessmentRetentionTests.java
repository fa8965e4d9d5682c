package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.IntegrationTest;
import io.xenpatch.caller.Caller;
import jakarta.validation.Validation;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class AssessmentRetentionTests {
    /** Far ahead, so that the service's own run forgets nothing of it. */
    private static final Instant NOW = Instant.parse("2126-11-24T06:00:00Z");

    private static final Instant QUARTER_AGO = NOW.minus(Duration.ofDays(90));

    @Autowired
    private AssessmentStore store;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void forgetAll() {
        jdbc.sql("delete from assessment").update();
    }

    @Test
    void forgetsOldAssessmentsWithTheirReportsAndKeepsTheOthers() {
        var old = keep(QUARTER_AGO.minusSeconds(1));
        var young = keep(QUARTER_AGO);

        assertThat(AssessmentRetention.forget(store, QUARTER_AGO, 10, 10)).isEqualTo(1);

        assertThat(store.find(Caller.system(), old)).isEmpty();
        assertThat(store.find(Caller.system(), young)).isPresent();
        assertThat(jdbc.sql("select assessment_id from assessment_pool")
                        .query(UUID.class)
                        .list())
                .containsExactly(young);
    }

    @Test
    void forgetsTheOldestFirstAndLeavesTheRestForTheNextRun() {
        for (int days = 1; days <= 7; days++) {
            keep(QUARTER_AGO.minus(Duration.ofDays(days)));
        }

        assertThat(AssessmentRetention.forget(store, QUARTER_AGO, 2, 2)).isEqualTo(4);

        assertThat(jdbc.sql("select min(created_at) from assessment")
                        .query(Timestamp.class)
                        .single()
                        .toInstant())
                .isEqualTo(QUARTER_AGO.minus(Duration.ofDays(3)));
        assertThat(AssessmentRetention.forget(store, QUARTER_AGO, 2, 2)).isEqualTo(3);
    }

    @Test
    void isDoneByTheScheduler() {
        assertThat(jdbc.sql("select count(*) from scheduled_tasks where task_name = ?")
                        .param(AssessmentRetention.NAME)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void isNotSetToForgetWhatHasNotExpired() {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var properties = new AssessmentProperties(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(300));

            assertThat(factory.getValidator().validate(properties))
                    .singleElement()
                    .satisfies(refused ->
                            assertThat(refused.getMessage()).isEqualTo("keep-for must be longer than expire-after"));
        }
    }

    private UUID keep(Instant createdAt) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into assessment (world, id, created_at, created_by, request)"
                        + " values ('real', :id, :at, 'test', '{\"targets\": []}')")
                .param("id", id)
                .param("at", Timestamp.from(createdAt))
                .update();
        jdbc.sql("insert into assessment_pool (world, assessment_id, pool_uuid, position, name, labels, host_uuids)"
                        + " values ('real', :id, :pool, 0, 'lab', '{}', '{}')")
                .param("id", id)
                .param("pool", UUID.randomUUID())
                .update();
        return id;
    }
}

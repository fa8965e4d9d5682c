package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.IntegrationTest;
import io.xenpatch.xen.PoolUuid;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class PoolSliceStoreTests {
    private final PoolSliceStore store;
    private final JdbcClient jdbc;

    PoolSliceStoreTests(@Autowired PoolSliceStore store, @Autowired JdbcClient jdbc) {
        this.store = store;
        this.jdbc = jdbc;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"{\"of\": \"another version\"} | {}", "[] | []", "{\"hosts\": 3} | {\"questions\": \"all\"}"})
    void asksAnewWhatAnotherVersionHasKeptInAnotherForm(String snapshot, String questions) {
        UUID assessment = UUID.randomUUID();
        PoolUuid pool = new PoolUuid(UUID.randomUUID());
        jdbc.sql("insert into assessment (world, id, created_at, created_by, request)"
                        + " values ('real', :id, now(), 'test', '{\"targets\": []}')")
                .param("id", assessment)
                .update();
        jdbc.sql("insert into assessment_pool (world, assessment_id, pool_uuid, position, name, labels, host_uuids,"
                        + " observed_at, snapshot, questions) values ('real', :id, :pool, 0, 'lab', '{}', '{}', now(),"
                        + " cast(:snapshot as jsonb), cast(:questions as jsonb))")
                .param("id", assessment)
                .param("pool", pool.value())
                .param("snapshot", snapshot)
                .param("questions", questions)
                .update();

        PoolSlice slice = store.open(assessment, pool).orElseThrow();

        assertThat(slice.snapshot()).isNull();
        assertThat(slice.questions()).isNull();
        assertThat(slice.name()).isEqualTo("lab");
    }
}

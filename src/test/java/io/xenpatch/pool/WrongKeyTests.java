package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a start says when the stored credentials were encrypted with another key. */
@IntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class WrongKeyTests {
    private static final String SECRET = "very-secret-41c";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SecretBox right;

    @Test
    void endsTheStartWithOneClearSentenceAndWhatToDo(CapturedOutput output, @Autowired TestHttp http) {
        jdbc.sql("delete from pool").update();
        try (var simulator = Simulator.start(
                Scenario.of(Scenario.pool("lab").credentials("root", SECRET)), SimulatorSettings.atSpeed(20))) {
            assertThat(new PoolApi(http).register(simulator.pools().get(0)).outcome())
                    .isEqualTo("201");
            var key = Base64.getEncoder().encodeToString(new byte[32]);
            var wrong = new SecretBox(EncryptionKey.parse(key, "test"));

            assertThatCode(() -> new StoredKeyCheck(jdbc, right).afterPropertiesSet())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> start(wrong)).hasRootCauseInstanceOf(EncryptionKeyUnusable.class);

            assertThat(output)
                    .contains(
                            "APPLICATION FAILED TO START",
                            "the key at hand is "
                                    + EncryptionKey.parse(key, "test").id(),
                            "XENPATCH_POOL_ENCRYPTION_KEY")
                    .doesNotContain(SECRET, key, "at io.xenpatch.pool.StoredKeyCheck");
        } finally {
            jdbc.sql("delete from pool").update();
        }
    }

    /** The start of the service as far as the check of the key; that it throws is what makes the process end with code 1. */
    private void start(SecretBox secrets) {
        var application = new SpringApplication(StoredKeyCheck.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> {
            var beans = (GenericApplicationContext) context;
            beans.registerBean(JdbcClient.class, () -> jdbc);
            beans.registerBean(SecretBox.class, () -> secrets);
        });
        application.run().close();
    }
}

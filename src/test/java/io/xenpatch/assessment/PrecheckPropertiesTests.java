package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.precheck.PrecheckLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** {@code xenpatch.precheck.*}. */
class PrecheckPropertiesTests {
    private final ApplicationContextRunner spring = new ApplicationContextRunner().withUserConfiguration(Enabled.class);

    @Test
    void limitsOfTheRulesAreTheDefault() {
        spring.run(context ->
                assertThat(context.getBean(PrecheckProperties.class).limits()).isEqualTo(PrecheckLimits.DEFAULTS));
    }

    @Test
    void eachLimitCanBeSet() {
        spring.withPropertyValues(
                        "xenpatch.precheck.clocks-differ=2s",
                        "xenpatch.precheck.clocks-apart=2s",
                        "xenpatch.precheck.certificate-ends=0",
                        "xenpatch.precheck.task-stale=2h")
                .run(context -> assertThat(
                                context.getBean(PrecheckProperties.class).limits())
                        .isEqualTo(new PrecheckLimits(
                                Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ZERO, Duration.ofHours(2))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clocks-differ=0s",
                "clocks-differ=2m",
                "clocks-apart=4s",
                "clocks-apart=25h",
                "certificate-ends=-1s",
                "certificate-ends=366d",
                "task-stale=59s",
                "task-stale=31d"
            })
    void refusesLimitsThatMeanNothing(String setting) {
        spring.withPropertyValues("xenpatch.precheck." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PrecheckProperties.class)
    static class Enabled {}
}

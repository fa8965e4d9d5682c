package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.PackageRules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** {@code xenpatch.xcp-ng.*}. */
class XcpNgPropertiesTests {
    private final ApplicationContextRunner spring = new ApplicationContextRunner().withUserConfiguration(Enabled.class);

    @Test
    void listsOfTheRulesAreTheDefault() {
        spring.run(context -> {
            var properties = context.getBean(XcpNgProperties.class);
            assertThat(properties.rules()).isEqualTo(PackageRules.DEFAULTS);
            assertThat(properties.busyTries()).isEqualTo(10);
            assertThat(properties.busyPause()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void listThatIsSetTakesThePlaceOfItsDefaultOnly() {
        spring.withPropertyValues("xenpatch.xcp-ng.no-action-packages=xo-lite, gtk*,lib?++")
                .run(context -> assertThat(
                                context.getBean(XcpNgProperties.class).rules())
                        .isEqualTo(new PackageRules(
                                PackageRules.DEFAULTS.toolstack(), List.of("xo-lite", "gtk*", "lib?++"))));
    }

    @Test
    void emptyListLeavesNothingOnIt() {
        spring.withPropertyValues("xenpatch.xcp-ng.toolstack-packages=")
                .run(context -> assertThat(
                                context.getBean(XcpNgProperties.class).rules().toolstack())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "toolstack-packages=*",
                "toolstack-packages=xapi-core,**",
                "no-action-packages=?",
                "no-action-packages=*-*",
                "no-action-packages=xo lite",
                "no-action-packages=[a-z]",
                "busy-tries=0",
                "busy-tries=101",
                "busy-pause=0s",
                "busy-pause=2m"
            })
    void refusesWhatWouldLeaveHostsWithoutTheirRebootOrNeverEnd(String setting) {
        spring.withPropertyValues("xenpatch.xcp-ng." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(XcpNgProperties.class)
    static class Enabled {}
}

package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class ConfigurationTests {
    private final ApplicationContextRunner spring = new ApplicationContextRunner().withUserConfiguration(Rooms.class);

    @Test
    void providesConnectionsWithUsefulLimits() {
        spring.run(context -> {
            assertThat(context).hasSingleBean(XapiConnections.class);
            assertThat(context.getBean(XapiProperties.class))
                    .isEqualTo(new XapiProperties(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(15),
                            false,
                            Duration.ofSeconds(60),
                            DataSize.ofMegabytes(32)))
                    .isEqualTo(new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), false));
        });
    }

    @Test
    void refusesAListOfUpdatesThatTakesTooLong() {
        spring.withPropertyValues("xenpatch.xapi.updates-timeout=11m")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void refusesACallThatWouldOutliveItsLease() {
        spring.withPropertyValues("xenpatch.xapi.call-timeout=6s")
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({"io.xenpatch.egress", "io.xenpatch.xapi"})
    static class Rooms {}
}

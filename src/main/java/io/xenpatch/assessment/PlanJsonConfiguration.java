package io.xenpatch.assessment;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JacksonModule;

/** Adds {@link PlanJson} to the application's mapper. */
@Configuration(proxyBeanMethods = false)
class PlanJsonConfiguration {

    @Bean
    JacksonModule planJson() {
        return new PlanJson();
    }
}

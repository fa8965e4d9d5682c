package io.xenpatch.database;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The name of this instance, by which leases and the scheduler tell several on one database apart. */
@Configuration(proxyBeanMethods = false)
class InstanceConfiguration {

    /** @param wanted {@code xenpatch.instance}; every instance must have its own. Empty = a random one at every start */
    @Bean
    SchedulerName instanceName(@Value("${xenpatch.instance:}") String wanted) {
        return new SchedulerName.Fixed(wanted.isBlank() ? "xenpatch-" + UUID.randomUUID() : wanted.strip());
    }

    @Bean
    @ConditionalOnMissingBean
    DbSchedulerCustomizer schedulerIsNamedLikeTheInstance(SchedulerName instance) {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<SchedulerName> schedulerName() {
                return Optional.of(instance);
            }
        };
    }
}

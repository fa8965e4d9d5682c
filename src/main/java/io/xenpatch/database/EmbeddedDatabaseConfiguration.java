package io.xenpatch.database;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** No database configured: the service brings its own. An auto-configuration, so that whatever else names a database wins. */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnMissingBean(JdbcConnectionDetails.class)
@Conditional(EmbeddedDatabaseConfiguration.NoDataSourceConfigured.class)
class EmbeddedDatabaseConfiguration {

    @Bean
    JdbcConnectionDetails embeddedDatabase(
            ObjectProvider<EmbeddedDatabaseStart.Started> started, DataDirectory directory) {
        var already = started.getIfAvailable();
        return already != null ? already.database() : EmbeddedDatabaseStart.start(directory.path());
    }

    static final class NoDataSourceConfigured extends NoneNestedConditions {

        NoDataSourceConfigured() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static final class Url {}
    }
}

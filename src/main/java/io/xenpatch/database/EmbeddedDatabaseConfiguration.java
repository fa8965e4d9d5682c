package io.xenpatch.database;

import java.io.IOException;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
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
    JdbcConnectionDetails embeddedDatabase(DataDirectory directory) {
        return new EmbeddedDatabase(directory);
    }

    /** Destroyed after the connection pool, which depends on it. */
    private static final class EmbeddedDatabase implements JdbcConnectionDetails, DisposableBean {
        private final DataDirectoryLock lock;
        private final EmbeddedPostgres server;

        EmbeddedDatabase(DataDirectory directory) {
            var path = directory.path();
            this.lock = DataDirectoryLock.take(path);
            this.server = EmbeddedPostgres.start(path, path, List.of());
        }

        @Override
        public String getJdbcUrl() {
            return server.jdbcUrl();
        }

        @Override
        public String getUsername() {
            return EmbeddedPostgres.USER;
        }

        @Override
        public String getPassword() {
            return server.password();
        }

        @Override
        public void destroy() throws IOException {
            server.close();
            lock.close();
        }
    }

    static final class NoDataSourceConfigured extends NoneNestedConditions {

        NoDataSourceConfigured() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static final class Url {}
    }
}

package io.xenpatch.database;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Migrations have connections of their own: an index on a large table takes longer than anything else may (ADR 0008). */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    @Bean
    FlywayConfigurationCustomizer migrationsTakeTheirTime(JdbcConnectionDetails database) {
        return configuration ->
                configuration.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }
}

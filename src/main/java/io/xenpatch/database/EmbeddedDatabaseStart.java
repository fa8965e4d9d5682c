package io.xenpatch.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Starts the embedded database as soon as it is known that one is wanted, beside everything else that starts. A data directory
 * that is in use ends the service here, before there is anything to take down. When the start fails, the database ends with it,
 * also where the failure comes before the bean that would take it down.
 */
public final class EmbeddedDatabaseStart implements ApplicationListener<SpringApplicationEvent> {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabaseStart.class);
    private @Nullable EmbeddedDatabase started;

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
            begin(prepared);
        } else if (event instanceof ApplicationFailedEvent && started != null) {
            end(started);
        }
    }

    private void begin(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        if (environment.containsProperty("spring.datasource.url")) {
            return;
        }
        var start = start(directory(environment));
        started = start;
        event.getBootstrapContext().addCloseListener(closed -> hand(start, closed));
    }

    private static void end(EmbeddedDatabase database) {
        try {
            database.destroy();
        } catch (IOException e) {
            log.warn("The embedded database did not end", e);
        }
    }

    static EmbeddedDatabase start(Path directory) {
        var lock = DataDirectoryLock.take(directory);
        return new EmbeddedDatabase(
                lock, CompletableFuture.supplyAsync(() -> EmbeddedPostgres.start(directory, directory, List.of())));
    }

    private static void hand(EmbeddedDatabase start, BootstrapContextClosedEvent closed) {
        closed.getApplicationContext().getBeanFactory().registerSingleton("startedDatabase", new Started(start));
    }

    private static Path directory(Environment environment) {
        return new DataDirectory(Path.of(environment.getRequiredProperty("xenpatch.data-directory"))).path();
    }

    /** Hands the database to its bean; not a bean of its type, for that one is made by conditions. */
    record Started(EmbeddedDatabase database) {}
}

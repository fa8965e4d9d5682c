package io.xenpatch.database;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Starts the embedded database as soon as it is known that one is wanted, beside everything else that starts. A data directory
 * that is in use ends the service here, before there is anything to take down.
 */
public final class EmbeddedDatabaseStart implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        if (environment.containsProperty("spring.datasource.url")) {
            return;
        }
        var start = start(directory(environment));
        event.getBootstrapContext().addCloseListener(closed -> hand(start, closed));
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

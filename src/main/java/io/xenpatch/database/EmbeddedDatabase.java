package io.xenpatch.database;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** How to connect to the embedded database. Destroyed after the connection pool, which depends on it. */
final class EmbeddedDatabase implements JdbcConnectionDetails, DisposableBean {
    private final DataDirectoryLock lock;
    private final CompletableFuture<EmbeddedPostgres> server;
    private final AtomicBoolean ended = new AtomicBoolean();

    EmbeddedDatabase(DataDirectoryLock lock, CompletableFuture<EmbeddedPostgres> server) {
        this.lock = lock;
        this.server = server;
    }

    @Override
    public String getJdbcUrl() {
        return server.join().jdbcUrl();
    }

    @Override
    public String getUsername() {
        return EmbeddedPostgres.USER;
    }

    @Override
    public String getPassword() {
        return server.join().password();
    }

    /** Ends the server and gives the data directory free; the second time it does nothing. */
    @Override
    public void destroy() throws IOException {
        if (ended.getAndSet(true)) {
            return;
        }
        try {
            server.join().close();
        } catch (CompletionException didNotStart) {
            // nothing to end; whoever asked for a connection was told
        } finally {
            lock.close();
        }
    }
}

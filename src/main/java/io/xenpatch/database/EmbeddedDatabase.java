package io.xenpatch.database;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** How to connect to the embedded database. Destroyed after the connection pool, which depends on it. */
final class EmbeddedDatabase implements JdbcConnectionDetails, DisposableBean {
    private final DataDirectoryLock lock;
    private final CompletableFuture<EmbeddedPostgres> server;

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

    @Override
    public void destroy() throws IOException {
        if (!server.isCompletedExceptionally()) {
            server.join().close();
        }
        lock.close();
    }
}

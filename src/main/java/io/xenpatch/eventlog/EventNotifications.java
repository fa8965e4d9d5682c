package io.xenpatch.eventlog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Tells the fan-out that new positions were given. Has one connection of its own, for it listens all the time; without that
 * connection it looks once a second.
 */
@Component
class EventNotifications extends BackgroundLoop {
    static final String CHANNEL = "xenpatch_event";
    private static final Logger log = LoggerFactory.getLogger(EventNotifications.class);
    private static final int LOOK_EVERY_MS = 1_000;

    private final JdbcConnectionDetails database;
    private final EventFanOut fanOut;
    private @Nullable Connection connection;

    EventNotifications(JdbcConnectionDetails database, EventFanOut fanOut) {
        super("event-notifications");
        this.database = database;
        this.fanOut = fanOut;
    }

    @Override
    public void start() {
        fanOut.startAtEnd();
        super.start();
    }

    @Override
    void round() throws InterruptedException {
        try {
            listening().unwrap(PGConnection.class).getNotifications(LOOK_EVERY_MS);
        } catch (SQLException e) {
            if (!isRunning()) {
                return;
            }
            log.warn("Can't listen for events, looking every second instead: {}", e.getMessage());
            close();
            Thread.sleep(LOOK_EVERY_MS);
        }
        fanOut.deliver();
    }

    @Override
    public void stop() {
        super.stop();
        close();
    }

    private Connection listening() throws SQLException {
        if (connection == null) {
            Properties access = new Properties();
            access.setProperty("user", Objects.requireNonNullElse(database.getUsername(), ""));
            access.setProperty("password", Objects.requireNonNullElse(database.getPassword(), ""));
            access.setProperty("connectTimeout", "5");
            access.setProperty("socketTimeout", "20");
            access.setProperty("tcpKeepAlive", "true");
            connection = DriverManager.getConnection(database.getJdbcUrl(), access);
            try (var statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
            }
        }
        return connection;
    }

    private void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("The connection that listened for events did not close well", e);
            }
            connection = null;
        }
    }
}

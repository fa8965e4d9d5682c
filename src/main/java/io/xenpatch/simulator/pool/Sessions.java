package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.util.List;

/** Who is logged in. Sessions live in the coordinator's memory only. */
final class Sessions {
    private final World world;

    Sessions(World world) {
        this.world = world;
    }

    private Database db() {
        return world.db();
    }

    /** @throws ApiFailure SESSION_AUTHENTICATION_FAILED */
    Row open(String user, String password, String originator) {
        PoolScenario spec = world.spec();
        if (!spec.username().equals(user)) {
            throw ApiFailure.of(
                    "SESSION_AUTHENTICATION_FAILED", user, "User not known to the underlying authentication module");
        }
        if (!spec.password().equals(password)) {
            throw ApiFailure.of("SESSION_AUTHENTICATION_FAILED", user, "Authentication failure");
        }
        var session = db().create("session");
        var now = XapiTime.print(world.now());
        db().set(session, "this_host", world.machines().coordinator().ref());
        db().set(session, "last_active", now);
        db().set(session, "validation_time", now);
        db().set(session, "is_local_superuser", true);
        db().set(session, "auth_user_name", user);
        db().set(session, "originator", originator);
        return session;
    }

    /** @throws ApiFailure SESSION_INVALID */
    Row require(String ref) {
        var session = db().find("session", ref);
        if (session == null) {
            throw ApiFailure.of("SESSION_INVALID", ref);
        }
        return session;
    }

    boolean isOpen(String ref) {
        return db().find("session", ref) != null;
    }

    void close(String ref) {
        db().destroy(require(ref));
    }

    void loseAll() {
        List.copyOf(db().all("session")).forEach(db()::destroy);
    }
}

package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Role;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is logged in. Sessions live in the coordinator's memory only; one that is idle for a day ends. */
final class Sessions {
    private static final Duration LONGEST_IDLE = Duration.ofHours(24);
    private static final Duration NOTED_EVERY = Duration.ofMinutes(10);
    private static final int MOST_BY_ORIGINATOR = 500;
    private static final String DENIED = "RBAC_PERMISSION_DENIED";

    private final World world;
    private final Map<String, Login> logins = new HashMap<>();

    Sessions(World world) {
        this.world = world;
    }

    private Database db() {
        return world.db();
    }

    /** @throws ApiFailure SESSION_AUTHENTICATION_FAILED */
    Row open(String user, String password, String originator) {
        var role = authenticate(world.spec(), user, password);
        makeRoom(originator);
        var session = db().create("session");
        var now = XapiTime.print(world.now());
        db().set(session, "this_host", world.machines().coordinator().ref());
        db().set(session, "last_active", now);
        db().set(session, "validation_time", now);
        db().set(session, "is_local_superuser", role == null);
        db().set(session, "auth_user_name", user);
        db().set(session, "originator", originator);
        if (role != null) {
            db().set(session, "rbac_permissions", permissions(role));
        }
        logins.put(session.ref(), new Login(user, role, world.now(), world.now()));
        return session;
    }

    /** The handlers' names are not the data model's. */
    private List<String> permissions(Role role) {
        var messages = db().datamodel().permissions(role).stream();
        return role.covers(Role.POOL_OPERATOR.label())
                ? Stream.concat(messages, Stream.of("http/get_updates")).toList()
                : messages.toList();
    }

    /** @return the role, or null for root, whom nothing is forbidden */
    private static @Nullable Role authenticate(PoolScenario spec, String user, String password) {
        var other = spec.users().get(user);
        if (!spec.username().equals(user) && other == null) {
            throw ApiFailure.of(
                    "SESSION_AUTHENTICATION_FAILED", user, "User not known to the underlying authentication module");
        }
        if (!(other == null ? spec.password() : other.password()).equals(password)) {
            throw ApiFailure.of("SESSION_AUTHENTICATION_FAILED", user, "Authentication failure");
        }
        return other == null ? null : other.role();
    }

    /** The session of an originator that was idle for the longest time goes when there are too many. */
    private void makeRoom(String originator) {
        var present = db().all("session").stream()
                .filter(session -> session.text("originator").equals(originator))
                .toList();
        if (present.size() >= MOST_BY_ORIGINATOR) {
            present.stream()
                    .min(Comparator.comparing(session -> lastUsed(session.ref())))
                    .ifPresent(this::forget);
        }
    }

    private Instant lastUsed(String ref) {
        return Optional.ofNullable(logins.get(ref)).map(Login::lastUsed).orElse(Instant.MIN);
    }

    /** @throws ApiFailure SESSION_INVALID */
    Row require(String ref) {
        var session = db().find("session", ref);
        if (session == null || hasEnded(session)) {
            throw ApiFailure.of("SESSION_INVALID", ref);
        }
        logins.computeIfPresent(ref, (key, login) -> used(session, login));
        return session;
    }

    private boolean hasEnded(Row session) {
        var idle = Duration.between(lastUsed(session.ref()), world.now());
        if (idle.compareTo(LONGEST_IDLE) > 0) {
            forget(session);
            return true;
        }
        return false;
    }

    private Login used(Row session, Login login) {
        var now = world.now();
        if (now.isBefore(login.notedAt().plus(NOTED_EVERY))) {
            return new Login(login.user(), login.role(), now, login.notedAt());
        }
        db().set(session, "last_active", XapiTime.print(now));
        return new Login(login.user(), login.role(), now, now);
    }

    /** @throws ApiFailure RBAC_PERMISSION_DENIED when the role of the session may not call the method */
    void permit(String session, MethodTable.Method method) {
        role(session).filter(role -> !role.covers(method.message().role())).ifPresent(role -> {
            throw denied(method.name(), method.message().role());
        });
    }

    /** @throws ApiFailure RBAC_PERMISSION_DENIED when somebody touches what belongs to another without being an operator */
    void permitForeign(String session, String owner, String method) {
        role(session)
                .filter(role -> !role.covers(Role.POOL_OPERATOR.label())
                        && !user(session).equals(owner))
                .ifPresent(role -> {
                    throw denied(method, Role.POOL_OPERATOR.label());
                });
    }

    private static ApiFailure denied(String method, String least) {
        return ApiFailure.of(
                DENIED,
                method.toLowerCase(Locale.ROOT),
                "No permission in user session. (Roles with this permission: " + least + " and above)");
    }

    /** Whether a session may do what the data model gives to a least role. */
    boolean covers(String session, Role least) {
        return role(session).map(role -> role.covers(least.label())).orElse(true);
    }

    private Optional<Role> role(String session) {
        return Optional.ofNullable(logins.get(session)).flatMap(login -> Optional.ofNullable(login.role()));
    }

    /** Who opened a session. */
    String user(String session) {
        return Optional.ofNullable(logins.get(session)).map(Login::user).orElse("");
    }

    boolean isOpen(String ref) {
        return db().find("session", ref) != null;
    }

    void close(String ref) {
        forget(require(ref));
    }

    void loseAll() {
        List.copyOf(db().all("session")).forEach(this::forget);
    }

    private void forget(Row session) {
        logins.remove(session.ref());
        db().destroy(session);
    }

    /**
     * What the server knows of a session besides its record.
     *
     * @param role null = root
     * @param notedAt when {@code last_active} was written
     */
    private record Login(String user, @Nullable Role role, Instant lastUsed, Instant notedAt) {}
}

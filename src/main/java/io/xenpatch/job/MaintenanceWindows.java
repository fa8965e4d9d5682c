package io.xenpatch.job;

import io.xenpatch.audit.AuditLog;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.ETag;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Maintenance windows: made, read, changed, deleted. */
@Service
public class MaintenanceWindows {
    private final WindowRows rows;
    private final AuditLog audit;
    private final Alarm alarm;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    MaintenanceWindows(
            WindowRows rows, AuditLog audit, Alarm alarm, TransactionTemplate transaction, InstantSource clock) {
        this.rows = rows;
        this.audit = audit;
        this.alarm = alarm;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @throws ProblemException {@code validation-failed} */
    public MaintenanceWindow create(Caller caller, WindowDefinition wanted) {
        require(wanted.errors());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        MaintenanceWindow window = window(UUID.randomUUID(), wanted, now, caller.name(), 0);
        transaction.executeWithoutResult(status -> {
            rows.insert(window);
            note(caller, "maintenance-window.created", window);
        });
        return window;
    }

    /** By name. */
    public Page<MaintenanceWindow> list(PageRequest page) {
        return Page.of(rows.list(page), page, window -> Cursor.of(window.name(), window.id()));
    }

    /** @throws ProblemException {@code maintenance-window-not-found} */
    public MaintenanceWindow get(UUID id) {
        return rows.find(id).orElseThrow(() -> notFound(id));
    }

    /**
     * Changes what is given. Jobs that wait for the window follow the change; those that work in it do so until the end that it had when they
     * began.
     *
     * @throws ProblemException {@code maintenance-window-not-found}, {@code precondition-required}, {@code precondition-failed}, {@code
     *     validation-failed}
     */
    public MaintenanceWindow change(Caller caller, UUID id, @Nullable String ifMatch, WindowDefinition change) {
        List<PoolUpdateId> waiting = Objects.requireNonNull(transaction.execute(status -> {
            MaintenanceWindow present = rows.lock(id).orElseThrow(() -> notFound(id));
            ETag.require(ifMatch, present.revision());
            WindowDefinition wanted = change.over(present);
            require(wanted.errors());
            MaintenanceWindow changed =
                    window(id, wanted, present.createdAt(), present.createdBy(), present.revision() + 1);
            rows.update(changed);
            note(caller, "maintenance-window.changed", changed);
            return rows.lookAgain(id);
        }));
        waiting.forEach(alarm::wake);
        return get(id);
    }

    /**
     * @throws ProblemException {@code maintenance-window-not-found}, {@code precondition-required}, {@code precondition-failed}, {@code
     *     invalid-state} while a job waits for it or works in it
     */
    public void delete(Caller caller, UUID id, @Nullable String ifMatch) {
        transaction.executeWithoutResult(status -> {
            MaintenanceWindow present = rows.lock(id).orElseThrow(() -> notFound(id));
            ETag.require(ifMatch, present.revision());
            List<UUID> users = rows.users(id);
            if (!users.isEmpty()) {
                throw new ProblemException(
                        ProblemType.INVALID_STATE,
                        users.size() + " unfinished update job(s) work in maintenance window " + present.name()
                                + ", so it can't be deleted. Cancel them or wait for their end.",
                        List.of(),
                        Map.of("jobIds", users));
            }
            rows.delete(id);
            note(caller, "maintenance-window.deleted", present);
        });
    }

    private void note(Caller caller, String action, MaintenanceWindow window) {
        audit.append(
                caller,
                action,
                "maintenance-window/" + window.id(),
                Map.of(
                        "name", window.name(),
                        "recurrence", window.recurrence(),
                        "startsAt", window.startsAt().toString(),
                        "timeZone", window.timeZone().getId(),
                        "duration", window.duration().toString()));
    }

    private static MaintenanceWindow window(
            UUID id, WindowDefinition wanted, Instant createdAt, String createdBy, long revision) {
        var duration = Objects.requireNonNull(wanted.duration());
        return new MaintenanceWindow(
                id,
                Objects.requireNonNull(wanted.name()),
                wanted.description(),
                Objects.requireNonNull(wanted.recurrence()),
                Objects.requireNonNull(wanted.startsAt()).truncatedTo(ChronoUnit.SECONDS),
                ZoneId.of(Objects.requireNonNull(wanted.timeZone())),
                duration,
                Objects.requireNonNullElse(wanted.latestStart(), duration),
                createdAt,
                createdBy,
                revision);
    }

    private static void require(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static ProblemException notFound(UUID id) {
        return new ProblemException(
                ProblemType.MAINTENANCE_WINDOW_NOT_FOUND, "There is no maintenance window " + id + ".");
    }
}

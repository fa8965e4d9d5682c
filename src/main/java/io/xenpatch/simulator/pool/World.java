package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the parts of one simulated pool share. */
final class World {
    private static final long MESSAGE_PRIORITY = 5;
    private static final int MESSAGES_KEPT = 1_000;

    private final Scenario scenario;
    private final PoolScenario spec;
    private final Database db;
    private final Machines machines;
    private final Agenda agenda;
    private final Journal journal;
    private final FaultBook faults = new FaultBook();
    private final Tasks tasks = new Tasks(this);
    private final PoolUpdates updates;
    private final PackageUpdates packages;

    World(Scenario scenario, PoolScenario spec, PoolFactory.Made made, Agenda agenda, Journal journal) {
        this.scenario = scenario;
        this.spec = spec;
        this.db = made.db();
        this.machines = made.machines();
        this.agenda = agenda;
        this.journal = journal;
        this.updates = new PoolUpdates(spec);
        this.packages = new PackageUpdates(spec);
    }

    PoolScenario spec() {
        return spec;
    }

    Database db() {
        return db;
    }

    Row pool() {
        return db.pool();
    }

    Machines machines() {
        return machines;
    }

    Agenda agenda() {
        return agenda;
    }

    FaultBook faults() {
        return faults;
    }

    Tasks tasks() {
        return tasks;
    }

    PoolUpdates updates() {
        return updates;
    }

    PackageUpdates packages() {
        return packages;
    }

    Instant now() {
        return agenda.now();
    }

    Duration length(Stage stage) {
        return scenario.length(stage);
    }

    Optional<Fault> strike(FaultKind kind, Machine machine, String method) {
        return faults.strike(kind, machine.uuid(), method);
    }

    /** A message for people, as the server sends them about a guest. The oldest make room. */
    void message(String name, Row vm, String body) {
        message(
                name,
                "VM",
                vm.uuid(),
                MESSAGE_PRIORITY,
                "VM '" + vm.text("name_label") + "' (uuid: " + vm.uuid() + ") " + body);
    }

    /** An alert about the pool. @param priority 1 (lost data) to 5 (for information) */
    void alert(String name, long priority, String body) {
        message(name, "Pool", pool().uuid(), priority, body);
    }

    private void message(String name, String type, String uuid, long priority, String body) {
        var message = db.create("message");
        db.set(message, "name", name);
        db.set(message, "cls", type);
        db.set(message, "obj_uuid", uuid);
        db.set(message, "priority", priority);
        db.set(message, "timestamp", XapiTime.print(now()));
        db.set(message, "body", body);
        if (db.all("message").size() > MESSAGES_KEPT) {
            db.destroy(db.all("message").iterator().next());
        }
    }

    /** Writes down what was done on a host, or (null) to the pool. */
    void note(@Nullable Machine where, JournalAction action, String subject, String detail) {
        noteSince(null, where, action, subject, detail);
    }

    /** Writes down what has ended now. */
    void noteSince(
            @Nullable Instant startedAt, @Nullable Machine where, JournalAction action, String subject, String detail) {
        var host = where == null ? "" : where.uuid();
        journal.add(new Journal.What(pool().uuid(), host, action, subject, detail, startedAt), now());
    }
}

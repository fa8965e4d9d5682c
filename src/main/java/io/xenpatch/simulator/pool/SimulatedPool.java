package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.model.Role;
import io.xenpatch.simulator.rpc.Answer;
import io.xenpatch.simulator.rpc.PendingAnswer;
import io.xenpatch.simulator.rpc.RpcCall;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** One pool: calls go in, answers come out, time is what the caller says. No I/O, no clock, no thread: use it from one. */
public final class SimulatedPool {
    private static final Set<FaultKind> ON_THE_WIRE = EnumSet.of(
            FaultKind.CONNECTION_RESET,
            FaultKind.DROP_BEFORE,
            FaultKind.SLOW_ANSWER,
            FaultKind.HANG,
            FaultKind.HALF_ANSWER,
            FaultKind.GARBAGE,
            FaultKind.HTTP_500);

    private final World world;
    private final Dispatcher dispatcher;
    private final PowerCycle power;
    private final ImageImports imports;
    private final Sessions sessions;
    private final UpdatesQuery updates;
    private final Certificates certificates = new Certificates();
    private final Churn churn;

    /** @param connectionsLost told the index of a host whose API connections must be reset now */
    public SimulatedPool(
            Scenario scenario, PoolScenario spec, Journal journal, Instant now, IntConsumer connectionsLost) {
        var made = PoolFactory.make(spec, now);
        this.world = new World(scenario, spec, made, new Agenda(now), journal);
        this.sessions = new Sessions(world);
        var images = new Images(world.db());
        this.imports = new ImageImports(world, images, sessions);
        var guests = new GuestPower(world);
        this.power = new PowerCycle(world, guests, sessions, connectionsLost);
        var allowed = new AllowedOperations(world.db(), world.machines());
        var methods = new MethodTable(world.db().datamodel(), new Accessors(world.db(), new WriteNotes(world)::note));
        var forwarding = new Forwarding(world);
        var migrations = new Migrations(world);
        new SessionOperations(sessions).register(methods);
        new TaskOperations(world.tasks(), sessions, world.db()).register(methods);
        new EventOperations(world.db()).register(methods);
        var hosts = new HostOperations(world, power, forwarding);
        hosts.register(methods);
        new EvacuationOperations(world, migrations, forwarding).register(methods);
        new UpdateOperations(world, forwarding).register(methods);
        new UpdateRecords(world, images).register(methods);
        new GuestOperations(world, guests, migrations, forwarding).register(methods);
        new StorageOperations(world, forwarding, images).register(methods);
        new PoolOperations(world, power).register(methods);
        var sync = new UpdateSync(world, forwarding);
        sync.register(methods);
        new RepositoryOperations(world, new PeriodicSync(world, sync)).register(methods);
        new UpdateApplication(world, forwarding, hosts, sync).register(methods);
        this.updates = new UpdatesQuery(world, forwarding);
        methods.slow(
                "host.get_server_certificate",
                forwarding.to(0, (call, machine) -> call.succeed(certificates.of(machine.index()))));
        this.dispatcher = new Dispatcher(world, methods, sessions);
        this.churn = new Churn(world);
        sync.finishInitially();
        allowed.refresh();
        world.db().share();
        world.db().watch(allowed::follow);
    }

    /** A call that arrived at a host (0 = the first coordinator). */
    public PendingAnswer call(int host, RpcCall call, Instant now) {
        advanceTo(now);
        return dispatcher.call(world.machines().at(host), call);
    }

    /** Lets everything happen that is due until a moment. */
    public void advanceTo(Instant now) {
        world.agenda().advanceTo(now);
    }

    /** When something happens next by itself. */
    public Optional<Instant> nextDue() {
        return world.agenda().next();
    }

    /** Whether the API port of a host answers anything; otherwise connections are reset without a byte. */
    public boolean listens(int host) {
        return world.machines().at(host).listens();
    }

    /** A fault of the wire that strikes this call now. */
    public Optional<Fault> wireFault(int host, String method) {
        return world.faults().strike(ON_THE_WIRE, world.machines().at(host).uuid(), method);
    }

    /** A fault of uploads that strikes this one. @param kind one of those of which {@code import_raw_vdi} has its own */
    public Optional<Fault> uploadFault(FaultKind kind, int host) {
        return world.strike(kind, world.machines().at(host), ImageImports.METHOD);
    }

    /** Whether a session that an HTTP request carries is one. */
    public boolean isOpenSession(String session) {
        return imports.isOpen(session);
    }

    /** Whether the role of a session lets it ask for updates. */
    public boolean maySeeUpdates(String session) {
        return sessions.covers(session, Role.POOL_OPERATOR);
    }

    /** References of all hosts. */
    public List<String> hostRefs() {
        return world.machines().all().stream().map(Machine::ref).toList();
    }

    /**
     * What hosts lack of the enabled repository.
     *
     * @param hosts references of those to tell of
     * @return the document of {@code GET /updates} as maps and lists, or why there is none
     */
    public CompletableFuture<Answer> updates(int host, String session, List<String> hosts, Instant now) {
        advanceTo(now);
        return updates.ask(world.machines().at(host), session, hosts);
    }

    /** The host that must take an image's bytes when this one does not see its storage. @throws ApiFailure if none can */
    public Optional<Integer> elsewhere(int host, String vdi) {
        return imports.elsewhere(world.machines().at(host), vdi);
    }

    /**
     * Begins to take the bytes of an image.
     *
     * @param vdi reference or uuid
     * @param task reference of the task that is to tell how it ends; empty = a new one
     * @param length bytes that are announced
     * @throws ApiFailure if that is not possible
     */
    public ImageImport importImage(int host, String vdi, String task, long length, Instant now) {
        advanceTo(now);
        return imports.begin(world.machines().at(host), vdi, task, length);
    }

    /** Takes a fault in. @throws IllegalArgumentException in words, if it makes no sense for this pool */
    public void inject(Fault fault, Instant now) {
        advanceTo(now);
        var host = Optional.ofNullable(fault.hostUuid())
                .map(uuid -> world.machines()
                        .withUuid(uuid)
                        .orElseThrow(() -> new IllegalArgumentException("The pool has no host " + uuid + ".")));
        if (fault.fault() == FaultKind.HOST_DIES) {
            var victim = host.orElseThrow(() -> new IllegalArgumentException("HOST_DIES needs a hostUuid."));
            world.note(victim, JournalAction.FAULT_INJECTED, fault.fault().name(), "");
            power.die(victim, fault);
        } else if (fault.fault() == FaultKind.EMERGENCY_TAKEOVER) {
            var next = host.filter(machine -> machine.listens() && !machine.isCoordinator())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "EMERGENCY_TAKEOVER needs the hostUuid of a supporter that is there."));
            world.note(next, JournalAction.FAULT_INJECTED, fault.fault().name(), "");
            power.takeOver(next, fault);
        } else {
            world.note(
                    host.orElse(null),
                    JournalAction.FAULT_INJECTED,
                    fault.fault().name(),
                    "");
            world.faults().add(fault);
        }
    }

    /** The certificate that {@code host.get_server_certificate} tells of a host. */
    public void announceCertificate(int host, String pem) {
        certificates.announce(host, pem);
    }

    /** Changes something somewhere, to load the event stream. */
    public void churn(Instant now) {
        advanceTo(now);
        churn.once();
    }

    public String uuid() {
        return world.pool().uuid();
    }

    public PoolScenario spec() {
        return world.spec();
    }

    /** Uuids of the hosts, the first coordinator first. */
    public List<String> hostUuids() {
        return world.machines().all().stream().map(Machine::uuid).toList();
    }
}

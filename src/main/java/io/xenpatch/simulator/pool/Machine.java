package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One host as a machine: whether its toolstack answers, and what runs in it. The database knows only its row. */
final class Machine {
    private final int index;
    private final Row host;
    private final Row metrics;
    private final Set<Invocation> running = new LinkedHashSet<>();
    private final List<String> orphanedTasks = new ArrayList<>();
    private Phase phase = Phase.UP;
    private long incarnation;
    private long boots;
    private boolean startedUp = true;
    private boolean enablesItself = true;
    private boolean coordinator;

    Machine(int index, Row host, Row metrics) {
        this.index = index;
        this.host = host;
        this.metrics = metrics;
    }

    int index() {
        return index;
    }

    Row host() {
        return host;
    }

    Row metrics() {
        return metrics;
    }

    String ref() {
        return host.ref();
    }

    String uuid() {
        return host.uuid();
    }

    boolean isCoordinator() {
        return coordinator;
    }

    void appointed(boolean isCoordinator) {
        coordinator = isCoordinator;
    }

    /** Whether its API works. */
    boolean isUp() {
        return phase == Phase.UP;
    }

    /** Whether its API port does anything but reset connections. */
    boolean listens() {
        return phase != Phase.AWAY;
    }

    /** Whether storage was attached and {@code host.enable} is allowed. */
    boolean isStartedUp() {
        return startedUp;
    }

    void startedUp() {
        startedUp = true;
    }

    /** Whether it takes guests again after a start although it was disabled; what it remembers of that outlives starts. */
    boolean enablesItself() {
        return enablesItself;
    }

    void enablesItself(boolean byItself) {
        enablesItself = byItself;
    }

    boolean isLive() {
        return metrics.flag("live");
    }

    boolean isEnabled() {
        return host.flag("enabled");
    }

    long incarnation() {
        return incarnation;
    }

    /** How often the machine itself went down: what its toolstack does not notice, a process of its own does. */
    long boots() {
        return boots;
    }

    /** The machine goes down, and every process with it. */
    void wentDown() {
        boots++;
    }

    /** Its toolstack stops; everything that ran in it is lost. */
    List<Invocation> stop() {
        phase = Phase.AWAY;
        startedUp = false;
        incarnation++;
        var lost = List.copyOf(running);
        running.clear();
        return lost;
    }

    void starting() {
        phase = Phase.STARTING;
    }

    void up() {
        phase = Phase.UP;
    }

    void runs(Invocation call) {
        running.add(call);
    }

    void finished(Invocation call) {
        running.remove(call);
    }

    void orphan(String task) {
        orphanedTasks.add(task);
    }

    /** Tasks that its restart left without anybody to finish them. */
    List<String> takeOrphans() {
        var tasks = List.copyOf(orphanedTasks);
        orphanedTasks.clear();
        return tasks;
    }

    private enum Phase {
        UP,
        STARTING,
        AWAY
    }
}

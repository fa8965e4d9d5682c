package io.xenpatch.simulator;

import java.time.Duration;

/** What takes time in a simulated pool, with the length a production pool needs. All lengths are virtual time. */
public enum Stage {
    /** From the acceptance of an {@code Async.} call to the start of its work. */
    TASK_START(Duration.ofMillis(100)),
    /** {@code pool_update.precheck} on one host. */
    PRECHECK(Duration.ofSeconds(5)),
    /** {@code pool_update.apply} on one host, its own precheck included. */
    APPLY(Duration.ofSeconds(60)),
    /** {@code pool_update.introduce}: attach the image, check and read it. */
    INTRODUCE(Duration.ofSeconds(5)),
    /** {@code pool.sync_updates}: download and check what the repositories hold. */
    SYNC(Duration.ofSeconds(90)),
    /** A host makes its own list of updates; all hosts do it at the same time. */
    HOST_UPDATES(Duration.ofSeconds(5)),
    /** {@code host.apply_updates}: the packages of one host are installed. */
    APPLY_UPDATES(Duration.ofMinutes(2)),
    /** {@code host.apply_updates}: one live patch is loaded. */
    LIVE_PATCH(Duration.ofSeconds(5)),
    /** {@code updater.py} of XCP-ng asks the mirrors what there is. */
    CHECK_UPDATE(Duration.ofSeconds(8)),
    /** {@code updater.py} of XCP-ng installs the packages of one host. */
    UPDATE_PACKAGES(Duration.ofMinutes(2)),
    /** One live migration. */
    MIGRATE(Duration.ofSeconds(10)),
    /** From an accepted {@code host.reboot} until the host goes away. */
    SHUTDOWN_DELAY(Duration.ofSeconds(10)),
    /** From the moment a host goes away until its API port answers again. */
    BOOT(Duration.ofMinutes(3)),
    /** How long the API port answers HOST_STILL_BOOTING to everything. */
    STILL_BOOTING(Duration.ofSeconds(15)),
    /** From a working API until the storage of the host is attached. */
    STORAGE(Duration.ofSeconds(20)),
    /** From a working API until the host's cluster sees it again. */
    CLUSTER_JOIN(Duration.ofSeconds(90)),
    /** From attached storage until the host enables itself. */
    AUTO_ENABLE(Duration.ofSeconds(5)),
    /** From an accepted {@code host.restart_agent} until the API port closes. */
    AGENT_DELAY(Duration.ofSeconds(1)),
    /** How long a toolstack restart keeps the API of that host away. */
    TOOLSTACK(Duration.ofSeconds(20)),
    /** Start or resume of a guest. */
    VM_START(Duration.ofSeconds(5)),
    /** Clean shutdown or suspend of a guest; a clean reboot takes this and VM_START. */
    VM_STOP(Duration.ofSeconds(10)),
    /** Plugging or unplugging one PBD. */
    PBD_PLUG(Duration.ofSeconds(3)),
    /** Turning high availability on or off. */
    HA(Duration.ofSeconds(15)),
    /** How long a call that must reach a dead host waits before CANNOT_CONTACT_HOST. */
    FORWARD_TIMEOUT(Duration.ofSeconds(90)),
    /** How long a dead host still counts as live. */
    ASSUME_DEAD(Duration.ofMinutes(10)),
    /** How long a finished task is kept. */
    TASK_KEPT(Duration.ofMinutes(65)),
    /** First pause before the server repeats work that met OTHER_OPERATION_IN_PROGRESS. */
    RETRY(Duration.ofSeconds(10)),
    /** How long the server repeats it. */
    RETRY_LIMIT(Duration.ofHours(2));

    private final Duration usual;

    Stage(Duration usual) {
        this.usual = usual;
    }

    /** The length in production. */
    public Duration usual() {
        return usual;
    }
}

package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.StorageConnection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fixes that come before the plan and stay: whatever happens, they are made once at most, and no host is touched without them (R35). */
class PreparationTests {

    @ParameterizedTest
    @EnumSource(Prepared.class)
    void isMadeBeforeThePoolIsPlannedAndStays(Prepared fix) {
        try (VirtualRun run = fix.run()) {
            PoolUpdate ended = job(run, fix);

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.fixes()).extracting(KeptFix::state).containsExactly(FixState.MADE);
            assertThat(fix.isThere(run)).isTrue();
            assertThat(run.hosts(JournalAction.APPLY)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Prepared.class)
    void rejectsTheJobWhenItIsRefused(Prepared fix) {
        try (VirtualRun run = fix.run()) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.API_ERROR)
                            .forMethod("Async." + fix.call)
                            .failingWith("INTERNAL_ERROR", "simulated")
                            .times(1000));

            PoolUpdate ended = job(run, fix);

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.REJECTED);
            assertThat(Objects.requireNonNull(ended.failure()).code()).isEqualTo(Reasons.FIX_FAILED);
            assertThat(ended.failure().xapiError()).startsWith("INTERNAL_ERROR");
            assertThat(run.hosts(JournalAction.DISABLE)).isEmpty();
            assertThat(run.hosts(JournalAction.APPLY)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Prepared.class)
    void touchesNoHostWhenTheJobIsCancelledMeanwhile(Prepared fix) {
        try (VirtualRun run = fix.run()) {
            PoolUpdate ended = run.job(
                    fix.channel.choice(run),
                    Set.of(),
                    policy(fix),
                    () -> run.only().fixes().stream().anyMatch(made -> made.intentAt() != null),
                    () -> run.store().requestCancel(run.only().job(), List.of()));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.CANCELLED);
            assertThat(run.hosts(JournalAction.DISABLE)).isEmpty();
            assertThat(run.hosts(JournalAction.APPLY)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Prepared.class)
    void isTakenUpByAnotherProcessWhenOneDiesBetweenTheCallAndItsRecord(Prepared fix) {
        for (FixState at : List.of(FixState.MAKING, FixState.MADE)) {
            try (VirtualRun run = fix.run()) {
                run.store()
                        .dieWhen(
                                pool -> pool.fixes().stream()
                                        .anyMatch(made -> made.state() == at && made.attempts() > 0),
                                at == FixState.MAKING);

                PoolUpdate ended = job(run, fix);

                assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
                assertThat(ended.fixes()).extracting(KeptFix::state).containsExactly(FixState.MADE);
            }
        }
    }

    private static PoolUpdate job(VirtualRun run, Prepared fix) {
        return run.job(fix.channel.choice(run), Set.of(), policy(fix));
    }

    private static UpdatePolicy policy(Prepared fix) {
        return UpdatePolicy.defaults().allowing(Set.of(fix.name()));
    }

    /** A pool that can't be updated without it. */
    enum Prepared {
        RECONNECT_STORAGE(TestChannel.IMAGE, "PBD.plug") {
            @Override
            VirtualRun run() {
                return of(pool().host(1, host -> host.storageDetached()));
            }

            @Override
            boolean isThere(VirtualRun run) {
                return run.seen().hosts().stream()
                        .flatMap(host -> host.storage().stream())
                        .allMatch(StorageConnection::attached);
            }
        },
        POWER_ON_HOST(TestChannel.IMAGE, "host.power_on") {
            @Override
            VirtualRun run() {
                VirtualRun run = of(pool().vmsEach(0)
                        .vm("guest", guest -> guest)
                        .host(1, host -> host.field("power_on_mode", "iLO")));
                run.pool()
                        .inject(Fault.on(run.seen().uuid().toString(), FaultKind.HOST_DIES)
                                .onHost(run.host(1).toString()));
                // the server takes ten minutes to notice (R20)
                run.pool().advanceTo(run.pool().instant().plusSeconds(3600));
                return run;
            }

            @Override
            boolean isThere(VirtualRun run) {
                return run.seen().hosts().stream().allMatch(HostSnapshot::live);
            }
        },
        SYNC_UPDATES(TestChannel.REPOSITORY, "pool.sync_updates") {
            @Override
            VirtualRun run() {
                return of(Scenario.pool("unprepared")
                        .hosts(2)
                        .vmsEach(1)
                        .xenServer8()
                        .repository(
                                "updates",
                                updates -> updates.everyHost(host -> host.installed("xapi-core-26.17.0-1.xs8.x86_64"))
                                        .update(
                                                "UPDATE-1",
                                                update -> update.type("bugfix")
                                                        .packages("xapi-core-26.17.1-1.xs8.x86_64"))));
            }

            @Override
            boolean isThere(VirtualRun run) {
                return run.seen().repositories().syncedAt() != null;
            }
        };

        private final TestChannel channel;
        private final String call;

        Prepared(TestChannel channel, String call) {
            this.channel = channel;
            this.call = call;
        }

        abstract VirtualRun run();

        abstract boolean isThere(VirtualRun run);

        private static PoolScenario pool() {
            return TestChannel.IMAGE.offering(
                    UpdateSet.REBOOT, Scenario.pool("unprepared").hosts(2).vmsEach(1));
        }

        private static VirtualRun of(PoolScenario pool) {
            return VirtualRun.of(Scenario.of(pool));
        }
    }
}

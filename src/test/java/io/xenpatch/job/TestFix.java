package io.xenpatch.job;

import io.xenpatch.plan.FixCode;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.xen.DriveSnapshot;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.VmSnapshot;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A pool whose hosts have to reboot and can't without one fix, what that fix changes, and a person who changes it too. */
enum TestFix {
    HA_OFF(FixCode.HA_OFF) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return pool.haEnabled().haFailuresToTolerate(1).vm("guest", vm -> vm.haPriority("restart"));
        }

        @Override
        String seen(PoolSnapshot pool) {
            return pool.ha().toString();
        }

        @Override
        void person(VirtualRun run) {
            run.pool().enableHa("Local storage");
        }
    },
    WLB_OFF(FixCode.WLB_OFF) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return pool.wlbEnabled();
        }

        @Override
        String seen(PoolSnapshot pool) {
            return "balanced " + pool.wlbEnabled();
        }

        @Override
        void person(VirtualRun run) {
            run.pool().personOnPool("pool.set_wlb_enabled", true);
        }
    },
    AUTO_START_OF_THE_POOL(FixCode.AUTO_START_OFF) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return pool.autoPoweron().vm("guest", vm -> vm.autoPoweron().powerState("Halted"));
        }

        @Override
        String seen(PoolSnapshot pool) {
            return "starts " + pool.otherConfig().get(FixAction.AUTO_START) + ", guest "
                    + guest(pool).powerState();
        }

        @Override
        void person(VirtualRun run) {
            run.pool().personOnPool("pool.remove_from_other_config", FixAction.AUTO_START);
        }
    },
    AUTO_START_OF_A_VM(FixCode.AUTO_START_OFF) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return pool.autoPoweron().vm("guest", vm -> vm.autoPoweron());
        }

        @Override
        String seen(PoolSnapshot pool) {
            return "starts " + guest(pool).otherConfig().get(FixAction.AUTO_START);
        }

        @Override
        void person(VirtualRun run) {
            run.pool().person("VM.remove_from_other_config", guest(run.seen()).uuid(), FixAction.AUTO_START);
        }
    },
    PAUSE_UPDATE_SYNC(FixCode.PAUSE_UPDATE_SYNC) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return pool.field("update_sync_enabled", true);
        }

        @Override
        String seen(PoolSnapshot pool) {
            return "synchronises " + pool.repositories().periodicSync();
        }

        @Override
        void person(VirtualRun run) {
            run.pool().personOnPool("pool.set_update_sync_enabled", true);
        }
    },
    EJECT_CD(FixCode.EJECT_CD) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return pool.vm("guest", vm -> vm.cdInserted());
        }

        @Override
        String seen(PoolSnapshot pool) {
            return "disc " + drive(pool).disc();
        }

        @Override
        void person(VirtualRun run) {
            run.pool().insertAnother(drive(run.seen()).uuid());
        }

        private DriveSnapshot drive(PoolSnapshot pool) {
            return guest(pool).drives().get(0);
        }
    },
    SUSPEND_VM(FixCode.SUSPEND_VM) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return pool.vm("guest", vm -> vm.localStorage());
        }

        @Override
        String seen(PoolSnapshot pool) {
            return pool.vms().stream()
                    .filter(vm -> vm.name().equals("guest"))
                    .map(vm -> "guest " + vm.powerState())
                    .findFirst()
                    .orElse("no guest");
        }

        @Override
        void person(VirtualRun run) {
            run.pool().person("VM.hard_shutdown", guest(run.seen()).uuid());
        }
    },
    SHUTDOWN_VM_CLEAN(FixCode.SHUTDOWN_VM_CLEAN) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return SUSPEND_VM.on(pool);
        }

        @Override
        String seen(PoolSnapshot pool) {
            return SUSPEND_VM.seen(pool);
        }

        @Override
        void person(VirtualRun run) {
            run.pool().person("VM.destroy", guest(run.seen()).uuid());
        }
    },
    SHUTDOWN_VM_HARD(FixCode.SHUTDOWN_VM_HARD) {
        @Override
        PoolScenario on(PoolScenario pool) {
            return pool.vm("guest", vm -> vm.localStorage().deaf());
        }

        @Override
        String seen(PoolSnapshot pool) {
            return SUSPEND_VM.seen(pool);
        }

        @Override
        void person(VirtualRun run) {
            SHUTDOWN_VM_CLEAN.person(run);
        }

        @Override
        Set<String> allowed() {
            return Set.of(FixCode.SHUTDOWN_VM_CLEAN.name(), FixCode.SHUTDOWN_VM_HARD.name());
        }
    };

    private final FixCode code;

    TestFix(FixCode code) {
        this.code = code;
    }

    FixCode code() {
        return code;
    }

    /** What the request allows. */
    Set<String> allowed() {
        return Set.of(code.name());
    }

    Scenario scenario(UnaryOperator<PoolScenario> more) {
        PoolScenario pool = on(Scenario.pool("fixed").hosts(2).vmsEach(1));
        return Scenario.of(more.apply(channel().offering(UpdateSet.REBOOT, pool)));
    }

    TestChannel channel() {
        return this == PAUSE_UPDATE_SYNC ? TestChannel.REPOSITORY : TestChannel.IMAGE;
    }

    abstract PoolScenario on(PoolScenario pool);

    /** What the fix changes, and nothing that the rest of the work changes. */
    abstract String seen(PoolSnapshot pool);

    /** While the fix stands somebody changes the same thing. */
    abstract void person(VirtualRun run);

    /** What becomes of the fix then: what is as it was before needs nothing, and the rest is left alone. */
    FixState afterAPerson() {
        return this == WLB_OFF || this == PAUSE_UPDATE_SYNC ? FixState.REVERTED : FixState.LEFT;
    }

    private static VmSnapshot guest(PoolSnapshot pool) {
        return pool.vms().stream()
                .filter(vm -> vm.name().equals("guest"))
                .findFirst()
                .orElseThrow();
    }
}

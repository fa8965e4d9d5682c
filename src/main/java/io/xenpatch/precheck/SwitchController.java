package io.xenpatch.precheck;

import java.util.List;

/** From 8.2 on nothing controls the virtual switches of a pool any more (xencenter.md §4.2). */
final class SwitchController implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        boolean inUse = !situation.pool().vswitchController().isEmpty()
                && situation.coordinator().hasPlatform(Platforms.NAPLES, Platforms.STOCKHOLM)
                && situation.pool().hosts().stream()
                        .allMatch(host -> host.versionOf("network_backend").equals("openvswitch")
                                && "false".equals(host.licenseParams().get("restrict_vswitch_controller")));
        return inUse && situation.reaches("8.2") ? List.of(row(situation)) : List.of();
    }

    private static PrecheckRow row(Situation situation) {
        return Finding.of("SWITCH_CONTROLLER_IN_USE", Severity.BLOCKING, situation)
                .with("controller", situation.pool().vswitchController())
                .says(
                        "Pool " + situation.poolName()
                                + " uses a controller of virtual switches, which the new version does not have",
                        "Its rules for the networks of VMs would no longer apply. Disconnect the pool from the controller first.");
    }
}

package io.xenpatch.precheck;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.xen.Channel;
import java.util.List;

/** What this version can do with a pool (R1, R36). */
final class ChannelSupported implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        Channel channel = situation.pool().channel();
        boolean byHash = situation.plan().choice().requiredHash().isPresent();
        return switch (channel) {
            case REPOSITORY -> List.of();
            case POOL_UPDATE -> byHash ? List.of(notOffered(situation)) : List.of();
            case XCP_NG -> packages(situation);
            case UNSUPPORTED, UNKNOWN -> List.of(notSupported(situation, channel));
        };
    }

    /** All that a host lacks, or nothing: packages have no common state that another pool could be held to (R36). */
    private static List<PrecheckRow> packages(Situation situation) {
        UpdateChoice choice = situation.plan().choice();
        boolean canBe = choice instanceof UpdateChoice.Latest || choice instanceof UpdateChoice.PendingTasksOnly;
        return canBe
                ? List.of()
                : List.of(Finding.of("UPDATE_CHOICE_NOT_SUPPORTED", Severity.BLOCKING, situation)
                        .with("choice", choice.word())
                        .says(
                                "Pool " + situation.poolName()
                                        + " is an XCP-ng pool: its hosts get all packages that they lack",
                                "There are no update images, and no state of the packages that could be asked for. Choose "
                                        + "{\"latest\": true}."));
    }

    private static PrecheckRow notOffered(Situation situation) {
        return Finding.of("UPDATE_CHOICE_NOT_SUPPORTED", Severity.BLOCKING, situation)
                .with("choice", situation.plan().choice().word())
                .says(
                        "Pool " + situation.poolName() + " is updated with update images, so no hash can be asked for",
                        "It has no repository of updates. Choose an update image by its uuid, or {\"latest\": true}. To promote what"
                                + " another pool was tested with, choose the same uuids.");
    }

    private static PrecheckRow notSupported(Situation situation, Channel channel) {
        return Finding.of("CHANNEL_NOT_SUPPORTED", Severity.BLOCKING, situation)
                .with("channel", channel.name())
                .says(
                        "Pool " + situation.poolName() + " can't be updated by this version: " + why(channel),
                        "Xenpatch drives pools that are updated with update images, XenServer 7.1 to Citrix Hypervisor 8.2, from "
                                + "repositories, XenServer 8, and XCP-ng 8. Update this pool with its own tools.");
    }

    private static String why(Channel channel) {
        return switch (channel) {
            case UNSUPPORTED -> "its release is older than XenServer 7.1";
            case UNKNOWN -> "how it is updated is not known yet";
            case REPOSITORY, POOL_UPDATE, XCP_NG -> throw new IllegalArgumentException("supported");
        };
    }
}

package io.xenpatch.precheck;

import io.xenpatch.xen.Channel;
import java.util.List;

/** What this version can do with a pool (R1, R36). */
final class ChannelSupported implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        Channel channel = situation.pool().channel();
        boolean fromRepository = situation.plan().choice().isFromRepository();
        return switch (channel) {
            case REPOSITORY -> List.of();
            case POOL_UPDATE -> fromRepository ? List.of(notOffered(situation)) : List.of();
            case XCP_NG, UNSUPPORTED, UNKNOWN -> List.of(notSupported(situation, channel));
        };
    }

    private static PrecheckRow notOffered(Situation situation) {
        return Finding.of("UPDATE_CHOICE_NOT_SUPPORTED", Severity.BLOCKING, situation)
                .with("choice", situation.plan().choice().word())
                .says(
                        "Pool " + situation.poolName() + " is updated with update images, so one must be chosen",
                        "It has no repository of updates. Upload an update image and choose it by its uuid.");
    }

    private static PrecheckRow notSupported(Situation situation, Channel channel) {
        return Finding.of("CHANNEL_NOT_SUPPORTED", Severity.BLOCKING, situation)
                .with("channel", channel.name())
                .says(
                        "Pool " + situation.poolName() + " can't be updated by this version: " + why(channel),
                        "This version of Xenpatch drives pools that are updated with update images, XenServer 7.1 to Citrix "
                                + "Hypervisor 8.2, and from repositories, XenServer 8. Update this pool with its own tools "
                                + "until a later version supports it.");
    }

    private static String why(Channel channel) {
        return switch (channel) {
            case XCP_NG -> "it is an XCP-ng pool";
            case UNSUPPORTED -> "its release is older than XenServer 7.1";
            case UNKNOWN -> "how it is updated is not known yet";
            case REPOSITORY, POOL_UPDATE -> throw new IllegalArgumentException("supported");
        };
    }
}

package io.xenpatch.precheck;

import io.xenpatch.xen.Channel;
import java.util.List;

/** This version drives pools that are updated with update images (R1). */
final class ChannelSupported implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        Channel channel = situation.pool().channel();
        if (channel == Channel.POOL_UPDATE) {
            return List.of();
        }
        return List.of(
                Finding.of("CHANNEL_NOT_SUPPORTED", Severity.BLOCKING, situation)
                        .with("channel", channel.name())
                        .says(
                                "Pool " + situation.poolName() + " can't be updated by this version: " + why(channel),
                                "This version of Xenpatch drives pools that are updated with update images: XenServer 7.1 to Citrix "
                                        + "Hypervisor 8.2. Update this pool with its own tools until a later version supports it."));
    }

    private static String why(Channel channel) {
        return switch (channel) {
            case REPOSITORY -> "it is updated from repositories";
            case XCP_NG -> "it is an XCP-ng pool";
            case UNSUPPORTED -> "its release is older than XenServer 7.1";
            case UNKNOWN -> "how it is updated is not known yet";
            case POOL_UPDATE -> throw new IllegalArgumentException("supported");
        };
    }
}

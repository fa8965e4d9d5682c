package io.xenpatch.xen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that hosts form for storage that they share block by block (GFS2).
 *
 * @param quorate whether enough of its members are there for the storage to work; null when the server does not say
 */
public record ClusterSnapshot(
        List<Member> members, @Nullable Boolean quorate) {
    /** Of a pool without one, or whose server does not know clusters: before 7.5. */
    public static final ClusterSnapshot NONE = new ClusterSnapshot(List.of(), null);

    public ClusterSnapshot {
        members = List.copyOf(members);
    }

    /** For states that an earlier version kept, which don't tell. */
    static ClusterSnapshot orNone(@Nullable ClusterSnapshot kept) {
        return kept == null ? NONE : kept;
    }

    /** Whether a host that belongs to it takes no part, or is not seen by the others. */
    public boolean misses(HostUuid host) {
        return members.stream().anyMatch(member -> member.host().equals(host) && member.isMissing());
    }

    public boolean exists() {
        return !members.isEmpty();
    }

    /**
     * A host's part in the cluster ({@code Cluster_host}).
     *
     * @param enabled whether it takes part; a host that does not can't attach the cluster's storage
     * @param live whether the others see it; null when the server does not say
     */
    public record Member(
            HostUuid host, boolean enabled, @Nullable Boolean live) {

        boolean isMissing() {
            return !enabled || Boolean.FALSE.equals(live);
        }
    }
}

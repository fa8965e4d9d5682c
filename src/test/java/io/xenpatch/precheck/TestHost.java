package io.xenpatch.precheck;

import io.xenpatch.xen.AppliedUpdate;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.RetiredSettings;
import io.xenpatch.xen.StorageConnection;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is special about a host of a {@link TestPool}. */
public final class TestHost {
    private boolean live;
    private boolean enabled;
    private @Nullable Instant toolstackStartedAt;
    private Map<String, String> softwareVersion;
    private Map<String, String> licence;
    private Map<String, String> otherConfig;
    private Set<UpdateUuid> applied;
    private Set<AppliedUpdate> appliedSince;
    private Set<UpdateUuid> owed;
    private List<StorageConnection> storage;
    private long memoryTotal;
    private long memoryFree;
    private Map<String, String> operations;
    private HostSoftware software;
    private RetiredSettings retired;

    private TestHost(HostSnapshot host) {
        live = host.live();
        enabled = host.enabled();
        toolstackStartedAt = host.toolstackStartedAt();
        softwareVersion = host.softwareVersion();
        licence = host.licenseParams();
        otherConfig = host.otherConfig();
        applied = host.appliedUpdates();
        appliedSince = host.appliedSince();
        owed = host.updatesRequiringReboot();
        storage = host.storage();
        memoryTotal = host.memoryTotal();
        memoryFree = host.memoryFree();
        operations = host.currentOperations();
        software = host.software();
        retired = host.retired();
    }

    public static UnaryOperator<HostSnapshot> that(UnaryOperator<TestHost> change) {
        return host -> change.apply(new TestHost(host)).of(host);
    }

    TestHost live(boolean is) {
        live = is;
        return this;
    }

    TestHost enabled(boolean is) {
        enabled = is;
        return this;
    }

    /** @param at null = an old server that does not tell */
    TestHost toolstackStartedAt(@Nullable Instant at) {
        toolstackStartedAt = at;
        return this;
    }

    /** What {@code software_version} says. */
    public TestHost runs(Map<String, String> versions) {
        softwareVersion = versions;
        return this;
    }

    public TestHost licence(Map<String, String> parameters) {
        licence = parameters;
        return this;
    }

    TestHost otherConfig(Map<String, String> config) {
        otherConfig = config;
        return this;
    }

    public TestHost has(Set<UpdateUuid> updates) {
        applied = updates;
        return this;
    }

    TestHost hasSince(UpdateUuid update, Instant at) {
        appliedSince = Set.of(new AppliedUpdate(update, at));
        return has(Set.of(update));
    }

    TestHost owesAReboot(UpdateUuid... updates) {
        owed = Set.of(updates);
        return this;
    }

    TestHost storage(StorageConnection... connections) {
        storage = List.of(connections);
        return this;
    }

    /** @param total bytes; 0 = the server does not say */
    TestHost memory(long total, long free) {
        memoryTotal = total;
        memoryFree = free;
        return this;
    }

    TestHost memoryFree(long free) {
        return memory(memoryTotal, free);
    }

    TestHost doing(String operation) {
        operations = Map.of("OpaqueRef:task", operation);
        return this;
    }

    TestHost software(HostSoftware says) {
        software = says;
        return this;
    }

    TestHost retired(RetiredSettings settings) {
        retired = settings;
        return this;
    }

    private HostSnapshot of(HostSnapshot host) {
        return new HostSnapshot(
                host.uuid(),
                host.name(),
                host.address(),
                live,
                enabled,
                host.bootedAt(),
                toolstackStartedAt,
                softwareVersion,
                licence,
                otherConfig,
                applied,
                appliedSince,
                owed,
                storage,
                memoryTotal,
                memoryFree,
                operations,
                software,
                retired);
    }
}

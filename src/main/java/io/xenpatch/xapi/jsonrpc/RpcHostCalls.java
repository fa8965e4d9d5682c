package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.HostCalls;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class RpcHostCalls implements HostCalls {
    private static final Duration SERVER_TIME = Duration.ofSeconds(10);

    private final Calls calls;

    RpcHostCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public HostSnapshot observe(HostUuid host) {
        var deadline = calls.readDeadline();
        var ref = calls.read(deadline, "host.get_by_uuid", JsonRpc.as(String.class), host.toString());
        var found = calls.read(deadline, "host.get_record", JsonRpc.as(Records.Host.class), ref);
        var records = new PoolRecords();
        List.of(RecordType.POOL_UPDATE, RecordType.POOL_PATCH, RecordType.PBD, RecordType.SR)
                .forEach(type -> readAll(records, type, deadline));
        records.put(RecordType.HOST, ref, found);
        var metrics = Snapshots.text(found.metrics());
        records.put(
                RecordType.HOST_METRICS,
                metrics,
                calls.read(deadline, "host_metrics.get_record", JsonRpc.as(Records.HostMetrics.class), metrics));
        records.putAll(RecordType.VM, where(RecordType.VM, "resident_on", ref, deadline));
        records.putAll(RecordType.HOST_PATCH, where(RecordType.HOST_PATCH, "host", ref, deadline));
        return new Snapshots(records).host(ref, found);
    }

    private <T> Map<String, T> where(RecordType<T> type, String field, String value, Deadline deadline) {
        var query = "field \"" + field + "\" = \"" + value + "\"";
        return calls.read(deadline, type.name() + ".get_all_records_where", type.allRecords(), query);
    }

    private <T> void readAll(PoolRecords records, RecordType<T> type, Deadline deadline) {
        records.putAll(type, calls.read(deadline, type.name() + ".get_all_records", type.allRecords()));
    }

    @Override
    public Instant serverTime(HostUuid host) {
        var deadline = calls.readDeadline().within(SERVER_TIME);
        var text = calls.read(deadline, "host.get_servertime", JsonRpc.as(String.class), Named.of(host));
        return Optional.ofNullable(XapiTime.parse(text))
                .orElseThrow(() -> new XapiFailure.AnswerLost("host.get_servertime answers no time"));
    }

    @Override
    public XapiTaskRef disable(HostUuid host) {
        return calls.start("host.disable", Named.of(host));
    }

    /** A version without {@code auto_enable} refuses it before anything happens; asking is surer than knowing every version. */
    @Override
    public XapiTaskRef disableUntilEnabled(HostUuid host) {
        var deadline = calls.callDeadline();
        try {
            return calls.start(deadline, "host.disable", Named.of(host), false);
        } catch (XapiFailure.Refused refused) {
            if (refused.code().equals("MESSAGE_PARAMETER_COUNT_MISMATCH")) {
                return calls.start(deadline, "host.disable", Named.of(host));
            }
            throw refused;
        }
    }

    @Override
    public XapiTaskRef enable(HostUuid host) {
        return calls.start("host.enable", Named.of(host));
    }

    /** Only the host: every version takes that; network (from 1.297) and batch size (from 23.27) have defaults. */
    @Override
    public XapiTaskRef evacuate(HostUuid host) {
        return calls.start("host.evacuate", Named.of(host));
    }

    @Override
    public XapiTaskRef reboot(HostUuid host) {
        return calls.start("host.reboot", Named.of(host));
    }

    @Override
    public XapiTaskRef powerOn(HostUuid host) {
        return calls.start("host.power_on", Named.of(host));
    }

    @Override
    public XapiTaskRef restartToolstack(HostUuid host) {
        return calls.start("host.restart_agent", Named.of(host));
    }

    @Override
    public XapiTaskRef askFreeDiskSpace(HostUuid host) {
        return calls.start("host.call_plugin", Named.of(host), "disk-space", "get_avail_host_disk_space", Map.of());
    }

    @Override
    public XapiTaskRef askEvacuationBlockers(HostUuid host) {
        return calls.start("host.get_vms_which_prevent_evacuation", Named.of(host));
    }

    @Override
    public Map<VmUuid, List<String>> evacuationBlockers(XapiTask.Succeeded answer) {
        var deadline = calls.readDeadline();
        var blockers = new LinkedHashMap<VmUuid, List<String>>();
        var names = new BlockerNames(calls, deadline);
        answer.mapOfLists()
                .forEach((ref, reason) -> calls.uuidOf("VM", ref, deadline)
                        .ifPresent(vm -> blockers.put(VmUuid.of(vm), names.in(reason))));
        return blockers;
    }
}

package io.xenpatch.xapi.jsonrpc;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.xenpatch.xapi.NewVdi;
import io.xenpatch.xapi.VdiCalls;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class RpcVdiCalls implements VdiCalls {
    private static final RecordType<Vdi> VDI = new RecordType<>("VDI", Vdi.class);

    private final Calls calls;

    RpcVdiCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public XapiTaskRef create(NewVdi vdi) {
        var sr = calls.read("SR.get_by_uuid", JsonRpc.as(String.class), vdi.sr().toString());
        return calls.start(
                "VDI.create",
                Map.ofEntries(
                        Map.entry("name_label", vdi.name()),
                        Map.entry("name_description", vdi.description()),
                        Map.entry("SR", sr),
                        Map.entry("virtual_size", vdi.size()),
                        Map.entry("type", "user"),
                        Map.entry("sharable", false),
                        Map.entry("read_only", false),
                        Map.entry("other_config", vdi.otherConfig()),
                        Map.entry("xenstore_data", Map.of()),
                        Map.entry("sm_config", Map.of()),
                        Map.entry("tags", List.of())));
    }

    @Override
    public Optional<VdiUuid> created(XapiTask.Succeeded answer) {
        return calls.uuidOf("VDI", answer.text(), calls.readDeadline()).map(VdiUuid::of);
    }

    @Override
    public List<VdiUuid> marked(String key, String value) {
        return calls.read("VDI.get_all_records", VDI.allRecords()).values().stream()
                .filter(vdi -> value.equals(Snapshots.map(vdi.otherConfig()).get(key)))
                .map(vdi -> VdiUuid.of(vdi.uuid()))
                .toList();
    }

    @Override
    public XapiTaskRef destroy(VdiUuid vdi) {
        return calls.start("VDI.destroy", Named.of(vdi));
    }

    record Vdi(
            String uuid,
            @JsonProperty("other_config") @Nullable Map<String, String> otherConfig) {}
}

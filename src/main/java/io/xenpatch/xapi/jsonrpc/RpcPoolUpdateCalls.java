package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.PoolUpdateCalls;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Optional;

final class RpcPoolUpdateCalls implements PoolUpdateCalls {
    private final Calls calls;

    RpcPoolUpdateCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public XapiTaskRef precheck(UpdateUuid update, HostUuid host) {
        return calls.start("pool_update.precheck", Named.of(update), Named.of(host));
    }

    @Override
    public XapiTaskRef apply(UpdateUuid update, HostUuid host) {
        return calls.start("pool_update.apply", Named.of(update), Named.of(host));
    }

    @Override
    public XapiTaskRef introduce(VdiUuid image) {
        return calls.start("pool_update.introduce", Named.of(image));
    }

    @Override
    public Optional<UpdateUuid> introduced(XapiTask.Succeeded answer) {
        return calls.uuidOf("pool_update", answer.text(), calls.readDeadline()).map(UpdateUuid::of);
    }

    @Override
    public XapiTaskRef clean(UpdateUuid update) {
        return calls.start("pool_update.pool_clean", Named.of(update));
    }

    @Override
    public Optional<UpdateUuid> of(VdiUuid image) {
        var deadline = calls.readDeadline();
        var ref = calls.read(deadline, "VDI.get_by_uuid", JsonRpc.as(String.class), image.toString());
        return calls
                .read(deadline, "pool_update.get_all_records", RecordType.POOL_UPDATE.allRecords())
                .values()
                .stream()
                .filter(update -> ref.equals(update.vdi()))
                .map(update -> UpdateUuid.of(update.uuid()))
                .findFirst();
    }
}

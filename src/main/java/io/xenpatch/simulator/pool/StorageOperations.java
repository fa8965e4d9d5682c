package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Attaching storage to hosts, CDs, and disk images. */
final class StorageOperations {
    private final World world;
    private final Forwarding forwarding;
    private final Images images;

    StorageOperations(World world, Forwarding forwarding, Images images) {
        this.world = world;
        this.images = images;
        this.forwarding = forwarding;
    }

    void register(MethodTable table) {
        table.slow("PBD.plug", call -> switchPbd(call, true));
        table.slow("PBD.unplug", call -> switchPbd(call, false));
        table.does("VBD.eject", this::eject);
        table.does("VBD.insert", this::insert);
        table.answer("VDI.create", this::create);
        table.does("VDI.destroy", this::destroy);
    }

    private Database db() {
        return world.db();
    }

    private void switchPbd(Invocation call, boolean attached) {
        var pbd = call.row(0, "PBD");
        if (pbd.flag("currently_attached") == attached) {
            call.succeed("");
            return;
        }
        forwarding.run(call, world.machines().get(pbd.text("host")), (work, machine) -> {
            assertUnused(pbd, attached, machine);
            work.occupies(db().get("SR", pbd.text("SR")), attached ? "plug" : "unplug");
            world.agenda().in(world.length(Stage.PBD_PLUG), machine, () -> {
                db().set(pbd, "currently_attached", attached);
                var action = attached ? JournalAction.PBD_PLUGGED : JournalAction.PBD_UNPLUGGED;
                world.note(machine, action, pbd.uuid(), "");
                work.succeed("");
            });
        });
    }

    private void assertUnused(Row pbd, boolean attaching, Machine machine) {
        var inUse = EvacuationPlan.guests(db(), machine).stream()
                .flatMap(vm -> vm.list("VBDs").stream())
                .map(ref -> db().get("VBD", ref))
                .filter(vbd -> !vbd.flag("empty"))
                .map(vbd -> db().get("VDI", vbd.text("VDI")))
                .anyMatch(vdi -> vdi.text("SR").equals(pbd.text("SR")));
        if (!attaching && inUse) {
            throw ApiFailure.of("VDI_IN_USE", pbd.ref(), "unplug");
        }
    }

    private Row cdDrive(Invocation call) {
        var vbd = call.row(0, "VBD");
        if (!"CD".equals(vbd.text("type"))) {
            throw ApiFailure.of("VBD_NOT_REMOVABLE_MEDIA", vbd.ref());
        }
        return vbd;
    }

    private void eject(Invocation call) {
        var vbd = cdDrive(call);
        if (vbd.flag("empty")) {
            throw ApiFailure.of("VBD_IS_EMPTY", vbd.ref());
        }
        var disc = db().get("VDI", vbd.text("VDI")).uuid();
        fill(vbd, Database.NULL);
        note(vbd, JournalAction.CD_EJECTED, disc);
    }

    private void insert(Invocation call) {
        var vbd = cdDrive(call);
        var vdi = call.row(1, "VDI");
        if (!vbd.flag("empty")) {
            throw ApiFailure.of("VBD_NOT_EMPTY", vbd.ref());
        }
        fill(vbd, vdi.ref());
        note(vbd, JournalAction.CD_INSERTED, vdi.uuid());
    }

    private void fill(Row vbd, String vdi) {
        var empty = Database.NULL.equals(vdi);
        // what is taken out is let go of first
        db().set(vbd, "currently_attached", false);
        db().set(vbd, "VDI", vdi);
        db().set(vbd, "empty", empty);
        var runs = "Running".equals(db().get("VM", vbd.text("VM")).text("power_state"));
        db().set(vbd, "currently_attached", !empty && runs);
    }

    private void note(Row vbd, JournalAction action, String disc) {
        var vm = db().get("VM", vbd.text("VM"));
        world.note(world.machines().find(vm.text("resident_on")).orElse(null), action, vm.uuid(), disc);
    }

    private String create(Invocation call) {
        var wanted = call.arguments(0);
        var sr = db().get("SR", String.valueOf(wanted.getOrDefault("SR", "")));
        var attached =
                sr.list("PBDs").stream().anyMatch(ref -> db().get("PBD", ref).flag("currently_attached"));
        if (!attached) {
            throw ApiFailure.of("SR_HAS_NO_PBDS", sr.ref());
        }
        var size = ((Number) new Unmarshal(db().datamodel()).check("int", wanted.getOrDefault("virtual_size", 0L)))
                .longValue();
        Images.assertRoom(sr, size);
        var vdi = StorageFactory.disk(db(), sr, String.valueOf(wanted.getOrDefault("name_label", "")), size);
        describe(vdi, wanted);
        images.allocate(sr, vdi, size);
        world.note(null, JournalAction.VDI_CREATED, vdi.uuid(), sr.uuid());
        return vdi.ref();
    }

    private void describe(Row vdi, Map<String, Object> wanted) {
        for (var field : List.of("name_description", "type", "sharable", "read_only", "other_config", "sm_config")) {
            if (wanted.containsKey(field)) {
                db().set(
                                vdi,
                                field,
                                new Unmarshal(db().datamodel())
                                        .check(
                                                Objects.requireNonNull(
                                                                vdi.type().field(field))
                                                        .type(),
                                                wanted.get(field)));
            }
        }
    }

    private void destroy(Invocation call) {
        var vdi = call.row(0, "VDI");
        Images.assertUnused(vdi);
        images.destroy(vdi);
        world.note(null, JournalAction.VDI_DESTROYED, vdi.uuid(), "");
    }
}

package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.Objects;
import java.util.Optional;

/** {@code PUT /import_raw_vdi}: who may write into which image, and on which host. */
final class ImageImports {
    /** How faults name it. */
    static final String METHOD = "import_raw_vdi";

    private final World world;
    private final Images images;
    private final Sessions sessions;

    ImageImports(World world, Images images, Sessions sessions) {
        this.world = world;
        this.images = images;
        this.sessions = sessions;
    }

    boolean isOpen(String session) {
        return sessions.isOpen(session);
    }

    /** The host to which a client is sent because this one does not see the image's storage. @throws ApiFailure */
    Optional<Integer> elsewhere(Machine at, String vdi) {
        var sr = db().get("SR", image(vdi).text("SR"));
        if (sees(at, sr)) {
            return Optional.empty();
        }
        return Optional.of(world.machines().all().stream()
                .filter(machine -> machine.isUp() && sees(machine, sr))
                .findFirst()
                .map(Machine::index)
                .orElseThrow(() -> ApiFailure.of("SR_HAS_NO_PBDS", sr.ref())));
    }

    private boolean sees(Machine machine, Row sr) {
        return sr.list("PBDs").stream()
                .map(ref -> db().get("PBD", ref))
                .anyMatch(pbd -> pbd.text("host").equals(machine.ref()) && pbd.flag("currently_attached"));
    }

    /** @param task a reference; empty = make one @throws ApiFailure */
    ImageImport begin(Machine at, String vdi, String task, long length) {
        var image = image(vdi);
        Images.assertUnused(image);
        var bound = task.isEmpty() ? world.tasks().create("[XenAPI] Importing disk image", "") : db().get("task", task);
        var failure = world.strike(FaultKind.API_ERROR, at, METHOD).map(ImageImports::failure);
        return new ImageImport(world, images, image, bound, length, failure);
    }

    private static ApiFailure failure(Fault fault) {
        return new ApiFailure(Objects.requireNonNullElse(fault.code(), "VDI_IO_ERROR"), fault.params());
    }

    private Row image(String name) {
        var found = db().find("VDI", name);
        return found != null ? found : db().byUuid("VDI", name);
    }

    private Database db() {
        return world.db();
    }
}

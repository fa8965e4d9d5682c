package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code allowed_operations} and {@code current_operations} of storage follow what happens; the rules are tested by themselves. */
class AllowedStorageTests extends SimulatorTest {
    private static final Duration TASK_STARTS = Duration.ofSeconds(1);
    private static final Duration ENOUGH = Duration.ofMinutes(2);

    private List<String> allowed(String type, String ref) {
        return strings(client().call(type + ".get_allowed_operations", ref));
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    private String vm() {
        return client().named("VM", "guest");
    }

    private String drive(String type) {
        return client().call("VM.get_VBDs", vm())
                .valueStream()
                .map(JsonNode::stringValue)
                .filter(vbd -> client().text("VBD.get_type", vbd).equals(type))
                .findFirst()
                .orElseThrow();
    }

    private String imageIn(String drive) {
        return client().text("VBD.get_VDI", drive);
    }

    @Test
    void diskOfARunningGuestIsNotToBeDestroyedUntilTheGuestIsHalted() {
        start(Scenario.pool("storage").vm("guest", vm -> vm.host(0)));
        var image = imageIn(drive("Disk"));
        assertThat(allowed("VDI", image)).containsExactlyInAnyOrder("clone", "snapshot");
        assertThat(allowed("VBD", drive("Disk")))
                .containsExactlyInAnyOrder("attach", "unplug", "unplug_force", "pause", "unpause");

        runWell(ENOUGH, "VM.clean_shutdown", vm());

        assertThat(allowed("VDI", image)).contains("destroy", "copy", "resize");
        assertThat(allowed("VBD", drive("Disk"))).containsExactly("attach");

        runWell(ENOUGH, "VM.start", vm(), false, false);

        assertThat(allowed("VDI", image)).containsExactlyInAnyOrder("clone", "snapshot");
    }

    @Test
    void discIsFreeOnceItIsEjected() {
        start(Scenario.pool("storage").vm("guest", VmScenario::cdInserted));
        var drive = drive("CD");
        var disc = imageIn(drive);
        assertThat(allowed("VBD", drive)).contains("eject").doesNotContain("insert");
        assertThat(allowed("VDI", disc)).containsExactlyInAnyOrder("clone", "copy", "snapshot");

        client().call("VBD.eject", drive);

        assertThat(allowed("VBD", drive)).contains("insert").doesNotContain("eject");
        assertThat(allowed("VDI", disc)).contains("destroy", "forget");

        client().call("VBD.insert", drive, disc);

        assertThat(allowed("VBD", drive)).contains("eject").doesNotContain("insert");
        assertThat(allowed("VDI", disc)).containsExactlyInAnyOrder("clone", "copy", "snapshot");
    }

    @Test
    void newImageMayBeDestroyedAtOnce() {
        start(Scenario.pool("storage"));

        var image = client().text(
                        "VDI.create",
                        Map.of("SR", client().named("SR", "Shared storage"), "name_label", "x", "virtual_size", 4096L));

        assertThat(allowed("VDI", image))
                .containsExactlyInAnyOrder(
                        "clone", "copy", "resize", "snapshot", "destroy", "forget", "update", "generate_config");
    }

    @Test
    void repositoryTellsThatItIsBeingDetachedAndAttached() {
        start(Scenario.pool("storage"));
        var sr = client().named("SR", "Shared storage");
        var pbd = client().call("SR.get_PBDs", sr).get(0).stringValue();
        assertThat(allowed("SR", sr)).contains("scan", "vdi_create", "plug").doesNotContain("forget", "destroy");

        var detaching = client().text("Async.PBD.unplug", pbd);
        advance(TASK_STARTS);
        assertThat(client().call("SR.get_current_operations", sr).get(detaching).stringValue())
                .isEqualTo("unplug");
        assertThat(allowed("SR", sr)).isEmpty();
        advance(ENOUGH);
        assertThat(client().call("SR.get_current_operations", sr).size()).isZero();
        assertThat(allowed("SR", sr)).contains("forget", "destroy");

        var attaching = client().text("Async.PBD.plug", pbd);
        advance(TASK_STARTS);
        assertThat(client().call("SR.get_current_operations", sr).get(attaching).stringValue())
                .isEqualTo("plug");
        assertThat(allowed("SR", sr)).containsExactly("plug");
        advance(ENOUGH);
        assertThat(allowed("SR", sr)).contains("vdi_create").doesNotContain("forget");
    }

    @Test
    void changeOfThemIsToldAsAnEvent() {
        start(Scenario.pool("storage").vm("guest", VmScenario::cdInserted));
        var drive = drive("CD");
        var disc = imageIn(drive);
        var token = client().text("event.inject", "host", client().host(0));
        client().call("VBD.eject", drive);

        var events =
                client().call("event.from", List.of("vdi/" + disc), token, 5.0).get("events");

        assertThat(events.size()).isEqualTo(1);
        assertThat(strings(events.get(0).at("/snapshot/allowed_operations"))).contains("destroy");
    }
}

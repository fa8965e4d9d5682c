package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.repository.LivePatchComponent;
import io.xenpatch.simulator.repository.RepositoryLivePatch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Loads the live patches of one application. One that fails stops nothing. */
final class LivePatching {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final World world;
    private final Machine machine;
    private final String subject;
    private final Set<LivePatchComponent> applied = EnumSet.noneOf(LivePatchComponent.class);
    private final List<RepositoryLivePatch> failed = new ArrayList<>();

    /** @param subject uuid that the journal names */
    LivePatching(World world, Machine machine, String subject) {
        this.world = world;
        this.machine = machine;
        this.subject = subject;
    }

    void load(RepositoryLivePatch patch) {
        var component = patch.component();
        var packages = world.updates().packages(machine);
        var isStruck = world.strike(FaultKind.LIVE_PATCH_FAILS, machine, UpdateApplication.METHOD)
                .isPresent();
        if (isStruck || packages.isUnpatchable(component)) {
            failed.add(patch);
            world.note(machine, JournalAction.LIVE_PATCH_FAILED, subject, component.text());
        } else {
            packages.load(patch);
            applied.add(component);
            new SoftwareVersion(world).livePatched(machine, patch);
            world.note(machine, JournalAction.LIVE_PATCHED, subject, component.text());
        }
    }

    Set<LivePatchComponent> applied() {
        return applied;
    }

    List<LivePatchComponent> failed() {
        return failed.stream().map(RepositoryLivePatch::component).toList();
    }

    /** What {@code host.apply_updates} answers. */
    List<List<String>> result() {
        return failed.stream()
                .map(patch -> List.of("APPLY_LIVEPATCH_FAILED", MAPPER.writeValueAsString(json(patch))))
                .toList();
    }

    /** A live patch as XAPI writes it. */
    static Map<String, Object> json(RepositoryLivePatch patch) {
        var json = new LinkedHashMap<String, Object>();
        json.put("component", patch.component().text());
        json.put("base_build_id", patch.baseBuildId());
        json.put("base_version", patch.baseVersion());
        json.put("base_release", patch.baseRelease());
        json.put("to_version", patch.toVersion());
        json.put("to_release", patch.toRelease());
        return json;
    }
}

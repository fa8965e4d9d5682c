package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.RequiredCalls;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.xapi.XapiCall;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.Permissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of least roles against the roles of a real XAPI (its answer to {@code role.get_all_records}), and against the adapter. */
class LeastRolesTests {
    private static final Path RECORDED = Path.of("src/test/resources/real-xapi/http/041-gzip-accept.response.http");
    private static final List<String> FROM_THE_LEAST =
            List.of("read-only", "vm-operator", "vm-admin", "vm-power-admin", "pool-operator", "pool-admin");

    /** Uploads and their removal, which no job needs to succeed; settings and synchronisation, which are requests of their own. */
    private static final Set<String> NOT_OF_A_PLAN = Set.of(
            "VDI.create",
            "VDI.destroy",
            "pool_update.introduce",
            "pool_update.pool_clean",
            "pool.set_live_patching_disabled");

    /** What each role may, by its name. */
    private static Map<String, Set<String>> recorded() throws IOException {
        var answer = Files.readString(RECORDED, StandardCharsets.UTF_8);
        var records = JsonMapper.builder()
                .build()
                .readTree(answer.substring(answer.indexOf("{\"jsonrpc\"")))
                .get("result");
        var roles = new HashMap<String, Set<String>>();
        for (var record : records) {
            roles.put(
                    name(record),
                    StreamSupport.stream(record.get("subroles").spliterator(), false)
                            .map(ref -> name(records.get(ref.stringValue())))
                            .collect(Collectors.toSet()));
        }
        return roles;
    }

    private static String name(JsonNode role) {
        return role.get("name_label").stringValue();
    }

    private static Stream<String> callsOfTheAdapter() {
        return Arrays.stream(XapiPool.class.getMethods())
                .map(port -> port.getReturnType())
                .filter(type -> type.isInterface() && type.getPackage().equals(XapiPool.class.getPackage()))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .flatMap(method -> Optional.ofNullable(method.getAnnotation(XapiCall.class)).stream())
                .flatMap(call -> Stream.concat(Stream.of(call.value()), Arrays.stream(call.also())))
                .distinct();
    }

    @Test
    void everyRoleIsTheLeastThatARealServerGivesThePermissionTo() throws IOException {
        var roles = recorded();

        assertThat(LeastRoles.permissions()).hasSizeGreaterThan(30).allSatisfy(permission -> {
            var least = FROM_THE_LEAST.stream()
                    .filter(role -> roles.getOrDefault(role, Set.of()).contains(permission))
                    .findFirst();
            assertThat(LeastRoles.of(permission))
                    .as(permission)
                    .isEqualTo(least)
                    .isPresent();
        });
    }

    @Test
    void everyCallOfTheAdapterHasItsRoleAndNoOtherHas() {
        assertThat(callsOfTheAdapter())
                .allSatisfy(call -> assertThat(LeastRoles.of(call)).as(call).isPresent());
        assertThat(LeastRoles.permissions())
                .isEqualTo(callsOfTheAdapter().map(Permissions::nameOf).collect(Collectors.toSet()));
    }

    @Test
    void everyCallThatNotEverybodyMayMakeIsOneOfAPlanOrBelongsToUploadsAndSettings() {
        var pool = TestPool.of(2).vm(1, 0);
        var planned = Judging.of(pool)
                .livePatch(LivePatchStatus.NONE)
                .onLivePatchFailure(OnLivePatchFailure.REBOOT)
                .vmRestarts(VmRestarts.ALL)
                .situation();
        var host = new HostPlan(planned.plan().hosts().get(0).decision(), true, false, List.of(StepType.values()));
        var required = Stream.of(new UpdateChoice.Image(TestPool.UPDATE), new UpdateChoice.Latest())
                .map(choice -> new PoolPlan(TestPool.POOL, choice, null, List.of(host), List.of()))
                .flatMap(plan -> Stream.concat(
                        Stream.of(Channel.POOL_UPDATE, Channel.REPOSITORY, Channel.XCP_NG)
                                .flatMap(channel -> RequiredCalls.forHosts(plan, channel, planned.policy()).stream()),
                        RequiredCalls.forGuests(plan, planned.policy()).stream()))
                .collect(Collectors.toSet());
        Arrays.stream(FixCode.values()).map(RequiredCalls::forFix).forEach(required::addAll);

        assertThat(callsOfTheAdapter()
                        .filter(call -> !LeastRoles.of(call).equals(Optional.of("read-only")))
                        .filter(call -> !NOT_OF_A_PLAN.contains(call)))
                .containsExactlyInAnyOrderElementsOf(required);
    }

    @Test
    void callThatXenpatchDoesNotMakeHasNone() {
        assertThat(LeastRoles.of("VM.hard_reboot")).isEmpty();
    }
}

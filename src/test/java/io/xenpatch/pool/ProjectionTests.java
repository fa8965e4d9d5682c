package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.InstallationNote;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.SyncFrequency;
import io.xenpatch.xen.SyncSchedule;
import io.xenpatch.xen.UpdateRepository;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTests {
    private static final UpdateUuid EARLIER = new UpdateUuid(new UUID(0, 501));

    @Test
    void showsAToolstackRestartThatAHostStillOwes() {
        var pool = TestPool.of(2)
                .earlier(EARLIER, Guidance.RESTART_TOOLSTACK)
                .change(1, TestPool.applied(EARLIER, TestPool.NOW.plusSeconds(1)));

        var owing = hostFacts(pool, 1);

        assertThat(owing.updateStatus()).isEqualTo(UpdateStatus.TASKS_PENDING);
        assertThat(owing.pendingTasks())
                .containsExactly(new PendingTask(
                        UpdateTask.RESTART_TOOLSTACK,
                        "Update XS82E000 takes effect with a toolstack restart",
                        EARLIER.value()));
        assertThat(hostFacts(pool, 0).pendingTasks()).isEmpty();
    }

    @Test
    void showsOnlyTheRebootWhereBothAreOwed() {
        var pool = TestPool.of(1)
                .earlier(EARLIER, Guidance.RESTART_TOOLSTACK, Guidance.REBOOT_HOST)
                .change(0, TestPool.applied(EARLIER, TestPool.NOW.plusSeconds(1)))
                .change(0, TestPool.rebootOwedTo(EARLIER));

        assertThat(hostFacts(pool, 0).pendingTasks())
                .extracting(PendingTask::task)
                .containsExactly(UpdateTask.REBOOT_HOST);
    }

    @Test
    void showsWhatUpdatesFromRepositoriesLeft() {
        var lists = new PendingGuidances(Map.of(
                GuidanceLevel.MANDATORY, Set.of(Guidance.RESTART_TOOLSTACK),
                GuidanceLevel.RECOMMENDED,
                        Set.of(
                                Guidance.REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE,
                                Guidance.REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE,
                                Guidance.RESTART_DEVICE_MODEL)));

        var owing = hostFacts(repository(new HostSoftware(lists, null, "", true)), 0);

        assertThat(owing.updateStatus()).isEqualTo(UpdateStatus.TASKS_PENDING);
        assertThat(owing.pendingTasks())
                .extracting(PendingTask::task)
                .containsExactly(UpdateTask.RESTART_TOOLSTACK, UpdateTask.REBOOT_HOST);
        assertThat(owing.pendingTasks()).extracting(PendingTask::updateUuid).containsOnlyNulls();
    }

    /** The server computes it when it synchronises and when it applies. */
    @ParameterizedTest
    @CsvSource({"true, UP_TO_DATE", "false, UPDATES_AVAILABLE", ", UNKNOWN"})
    void tellsOfARepositoryWhatTheServerTells(@Nullable Boolean latest, UpdateStatus expected) {
        var pool = repository(new HostSoftware(PendingGuidances.UNKNOWN, null, "", latest));

        assertThat(hostFacts(pool, 0).updateStatus()).isEqualTo(expected);
    }

    @Test
    void showsTheRepositoriesThatAPoolKnowsThoseInUseFirst() {
        var used = new UpdateRepository(new UUID(0, 1), "normal", true, "abc");
        var other = new UpdateRepository(new UUID(0, 2), "early", true, "");
        var schedule = new SyncSchedule(SyncFrequency.DAILY, null);
        var repositories = new PoolRepositories(List.of(used), TestPool.NOW, true, schedule, List.of(other));
        var pool = TestPool.of(1).repositories(repositories);

        assertThat(Projection.of(pool.channel(Channel.REPOSITORY).snapshot())
                        .pool()
                        .repositories())
                .isEqualTo(new RepositoryFacts(
                        List.of(
                                new RepositoryFacts.Repository(used.uuid(), "normal", true, true, "abc"),
                                new RepositoryFacts.Repository(other.uuid(), "early", false, true, null)),
                        TestPool.NOW,
                        true,
                        schedule));
        assertThat(Projection.of(pool.channel(Channel.XCP_NG).snapshot()).pool().repositories())
                .isNull();
    }

    private static TestPool repository(HostSoftware software) {
        return TestPool.of(1).imageGone().channel(Channel.REPOSITORY).change(0, TestPool.software(software));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "REBOOT_HOST, REBOOT_HOST, TASKS_PENDING",
        "RESTART_TOOLSTACK, RESTART_TOOLSTACK, TASKS_PENDING",
        "NOTHING, , UPDATES_AVAILABLE",
    })
    void showsWhatPackagesLeftToDo(OwedRestart owed, @Nullable UpdateTask task, UpdateStatus status) {
        var note = new InstallationNote(TestPool.NOW.plusSeconds(1), owed);
        var pool = TestPool.of(1).change(0, TestPool.hostConfig(note.entries()));

        assertThat(hostFacts(pool, 0).pendingTasks())
                .extracting(PendingTask::task)
                .isEqualTo(Stream.ofNullable(task).toList());
        assertThat(hostFacts(pool, 0).updateStatus()).isEqualTo(status);
    }

    private static HostFacts hostFacts(TestPool pool, int index) {
        var facts =
                Projection.of(pool.snapshot()).hosts().get(TestPool.host(index).value());
        return java.util.Objects.requireNonNull(facts);
    }
}

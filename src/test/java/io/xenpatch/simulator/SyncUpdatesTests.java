package io.xenpatch.simulator;

import static io.xenpatch.simulator.repository.LivePatchComponent.XEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code pool.sync_updates}. */
class SyncUpdatesTests extends RepositoryTest {
    private static final Duration HALF_DONE = Duration.ofSeconds(92);

    private static PoolScenario notYetSynchronised() {
        return pool(repository -> UpdateSets.fill(repository, UpdateSet.LIVE));
    }

    @Test
    void answersTheHashAndTellsEveryHostWhetherItLacksSomething() {
        start(pool(repository -> UpdateSets.fill(repository, UpdateSet.LIVE)
                .host(
                        2,
                        host -> host.installed(
                                        "xen-hypervisor-4.17.3-3.11.xs8.x86_64", "kernel-4.19.0-8.0.2.xs8.x86_64")
                                .build(XEN, "1111111111111111111111111111111111111111"))));
        assertThat(hash()).isEmpty();
        assertThat(host(0).get("latest_synced_updates_applied").stringValue()).isEqualTo("unknown");

        var task = runWell(SYNC, "pool.sync_updates", poolRef(), false);

        assertThat(hash()).matches("[0-9a-f]{64}");
        assertThat(task.get("result").stringValue()).isEqualTo("<value>" + hash() + "</value>");
        assertThat(client().text("pool.get_last_update_sync", poolRef())).startsWith("20261124T06:01");
        assertThat(host(0).get("latest_synced_updates_applied").stringValue()).isEqualTo("no");
        assertThat(host(2).get("latest_synced_updates_applied").stringValue()).isEqualTo("yes");
        assertThat(actions()).containsExactly(JournalAction.UPDATES_SYNCED);
    }

    @Test
    void tellsItsProgressAndOccupiesThePool() {
        start(notYetSynchronised());
        var task = client().text("Async.pool.sync_updates", poolRef(), false);
        advance(HALF_DONE);

        assertThat(task(task).get("progress").doubleValue()).isEqualTo(0.5);
        assertThat(client().map("pool.get_current_operations", poolRef())).containsEntry(task, "sync_updates");
        assertThat(client().failure("pool.sync_updates", poolRef(), false)).containsExactly("SYNC_UPDATES_IN_PROGRESS");
        assertThat(client().failure("host.apply_updates", client().host(0), "x"))
                .containsExactly("SYNC_UPDATES_IN_PROGRESS");
        assertThat(client().failure("pool.set_repositories", poolRef(), List.of()))
                .containsExactly("SYNC_UPDATES_IN_PROGRESS");
    }

    @Test
    void secondSynchronisationOfTheSameContentsGivesTheSameHash() {
        start(pool(UpdateSet.LIVE));
        var before = hash();

        runWell(SYNC, "pool.sync_updates", poolRef(), true);

        assertThat(hash()).isEqualTo(before);
    }

    /** Trap 11. */
    @Test
    void oneUnreachableHostFailsTheSynchronisationOfTheWholePool() {
        start(notYetSynchronised());
        simulator().inject(Fault.on(pool().poolUuid(), FaultKind.HOST_DIES).onHost(hostUuid(2)));

        var task = run(Duration.ofMinutes(4), "pool.sync_updates", poolRef(), false);

        assertThat(errorInfo(task)).containsExactly("GET_HOST_UPDATES_FAILED", client().host(2));
        assertThat(hash()).isEmpty();
        assertThat(client().text("pool.get_last_update_sync", poolRef())).isEqualTo("19700101T00:00:00Z");
        assertThat(client().map("pool.get_current_operations", poolRef())).isEmpty();
    }

    @Test
    void needsARepositoryThatIsUsedAndALicence() {
        start(pool(RepositoryScenario::disabled));
        assertThat(client().failure("pool.sync_updates", poolRef(), false)).containsExactly("NO_REPOSITORY_ENABLED");
        stop();

        start(pool(UpdateSet.LIVE).updatesRestricted());
        assertThat(client().failure("pool.sync_updates", poolRef(), false))
                .containsExactly("LICENCE_RESTRICTION", "Updates");
        assertThat(client().failure("host.apply_updates", client().host(0), hash()))
                .containsExactly("LICENCE_RESTRICTION", "Updates");
    }

    @Test
    void twoRepositoriesWithUpdatesAreTooManyToApply() {
        start(pool(UpdateSet.LIVE).repository(UpdateSet.REBOOT));

        assertThat(client().failure("host.apply_updates", client().host(0), hash()))
                .containsExactly("MULTIPLE_UPDATE_REPOSITORIES_ENABLED");
    }

    @Test
    void repositoryThatComesOrGoesHasToBeSynchronisedAgain() {
        start(pool(UpdateSet.LIVE));

        client().call("pool.set_repositories", poolRef(), List.of());
        assertThat(client().text("pool.get_last_update_sync", poolRef())).isEqualTo("19700101T00:00:00Z");
        assertThat(host(1).get("latest_synced_updates_applied").stringValue()).isEqualTo("unknown");
        client().call("pool.add_repository", poolRef(), repository());

        assertThat(hash()).isEmpty();
        assertThat(client().failure("Repository.forget", repository())).containsExactly("REPOSITORY_IS_IN_USE");
        runWell(SYNC, "pool.sync_updates", poolRef(), false);
        assertThat(words(updatesOf(1).get("updates"))).hasSize(2);
    }

    @Test
    void repositoryThatAClientIntroducesHoldsWhatTheScenarioSaysOfItsUrl() {
        start(pool(repository -> UpdateSets.fill(repository, UpdateSet.REBOOT).url("https://mirror.example/one"))
                .hosts(1));
        client().call("pool.set_repositories", poolRef(), List.of());
        client().call("Repository.forget", repository());
        var again = client().text(
                        "Repository.introduce",
                        "mine",
                        "",
                        "https://mirror.example/one",
                        "https://mirror.example/src",
                        true);
        client().call("pool.add_repository", poolRef(), again);

        runWell(SYNC, "pool.sync_updates", poolRef(), false);

        assertThat(words(updatesOf(0).get("updates"))).containsExactly("UPDATE-REBOOT");
    }

    @Test
    void anotherCoordinatorHasSynchronisedNothing() {
        start(pool(UpdateSet.LIVE));
        var repository = repository();
        client().call("pool.designate_new_master", client().host(1));
        advance(Duration.ofMinutes(1));

        var moved = new SimulatedClient(pool(), pool().hosts().get(1).address()).login();

        assertThat(moved.text(
                        "pool.get_last_update_sync",
                        moved.call("pool.get_all").get(0).stringValue()))
                .isEqualTo("19700101T00:00:00Z");
        assertThat(moved.get("/updates?session_id=" + moved.session()).statusCode())
                .isEqualTo(404);
        var task = moved.text("Async.host.apply_updates", moved.host(2), moved.text("Repository.get_hash", repository));
        advance(APPLY);
        assertThat(errorInfo(moved.call("task.get_record", task)))
                .containsExactly("GET_HOST_UPDATES_FAILED", moved.host(2));
    }
}

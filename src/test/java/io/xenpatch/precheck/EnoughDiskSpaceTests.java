package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.LivePatchStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Room on the hosts for what is applied there. */
class EnoughDiskSpaceTests {
    private static final String UNKNOWN = "DISK_SPACE_UNKNOWN";
    private static final String TOO_LITTLE = "NOT_ENOUGH_DISK_SPACE";
    private static final String ENOUGH = "DISK_SPACE_SUFFICIENT";
    /** The installation size of the test pool's update. */
    private static final long NEEDED = 1 << 20;

    private static Judging sequences() {
        return Judging.of(TestPool.of(2)).livePatch(LivePatchStatus.NONE).latest(LatestImages.OF_THE_POOL);
    }

    private static Judging packages() {
        return Judging.of(TestPool.of(1).channel(Channel.XCP_NG)).choosing(new UpdateChoice.Latest());
    }

    @ParameterizedTest
    @CsvSource({"1048576, DISK_SPACE_SUFFICIENT, OK", "1048575, NOT_ENOUGH_DISK_SPACE, BLOCKING"})
    void sequenceNeedsRoomForAllItsUpdates(long free, String code, Severity severity) {
        var judging = sequences().freeDiskSpace(1, Answer.of(free));

        assertThat(judging.rows(code))
                .filteredOn(row -> TestPool.host(1).value().equals(row.hostUuid()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(severity);
                    assertThat(row.parameters())
                            .containsEntry("freeBytes", free)
                            .containsEntry("neededBytes", NEEDED);
                });
        assertThat(judging.rows(ENOUGH).size() + judging.rows(TOO_LITTLE).size())
                .isEqualTo(2);
    }

    @Test
    void tooLittleRoomIsToldInFiguresWithItsCure() {
        assertThat(packages()
                        .packageBytes(0, 700L << 20)
                        .freeDiskSpace(0, Answer.of(50L << 20))
                        .rows(TOO_LITTLE))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.title()).isEqualTo("Host host-0 has only 50 MiB free for updates that need 700 MiB");
                    assertThat(row.detail()).contains("Remove old log files");
                });
    }

    @Test
    void packagesThatDoNotTellTheirSizeAreAWarning() {
        assertThat(packages().rows(UNKNOWN)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.parameters()).containsEntry("freeBytes", 1L << 40);
            assertThat(row.detail()).contains("1048576 MiB free", "df -h");
        });
    }

    @Test
    void repositoryTellsNoSizesSoItIsAWarning() {
        var judging = Judging.of(TestPool.of(2).channel(Channel.REPOSITORY)).choosing(new UpdateChoice.Latest());

        assertThat(judging.rows(UNKNOWN))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.severity()).isEqualTo(Severity.WARNING));
        assertThat(judging.rows(ENOUGH)).isEmpty();
    }

    @Test
    void hostThatHasNoSuchPluginIsAWarningNeverOk() {
        var judging = sequences().freeDiskSpace(0, Answer.failed("XENAPI_MISSING_PLUGIN", List.of("disk-space")));

        assertThat(judging.rows(UNKNOWN)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.hostUuid()).isEqualTo(TestPool.host(0).value());
            assertThat(row.parameters()).containsEntry("xapiError", List.of("XENAPI_MISSING_PLUGIN", "disk-space"));
            assertThat(row.detail()).contains("XENAPI_MISSING_PLUGIN");
        });
        assertThat(judging.rows(ENOUGH)).hasSize(1);
    }

    @Test
    void hostThatWasNotAskedIsAWarningToo() {
        assertThat(sequences().freeDiskSpace(0, Answer.notAsked("not in time")).rows(UNKNOWN))
                .singleElement()
                .satisfies(row -> assertThat(row.parameters()).containsEntry("reason", "not in time"));
    }

    @Test
    void hostThatDoesNotAnswerHasItsOwnRowOnly() {
        var judging = sequences().unreachable(1).freeDiskSpace(1, Answer.notAsked("the host does not answer"));

        assertThat(judging.blocking()).contains("HOST_NOT_LIVE");
        assertThat(judging.rows(UNKNOWN)).isEmpty();
        assertThat(judging.rows(ENOUGH)).hasSize(1);
    }

    @Test
    void chosenImageIsLeftToTheServersOwnPrecheck() {
        assertThat(Judging.of(TestPool.of(2)).freeDiskSpace(0, Answer.of(0L)).rows())
                .noneMatch(row -> row.code().contains("DISK_SPACE"));
    }
}

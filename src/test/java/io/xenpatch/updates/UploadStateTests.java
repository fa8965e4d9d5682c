package io.xenpatch.updates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadStateTests {

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING, false",
        "RUNNING, SUCCEEDED, true",
        "RUNNING, FAILED, true",
        "SUCCEEDED, RUNNING, false",
        "SUCCEEDED, SUCCEEDED, false",
        "SUCCEEDED, FAILED, false",
        "FAILED, RUNNING, false",
        "FAILED, SUCCEEDED, true",
        "FAILED, FAILED, false"
    })
    void isFollowedOnlyByWhatCanCome(UploadState from, UploadState to, boolean possible) {
        assertThat(from.canMoveTo(to)).isEqualTo(possible);
    }
}

package io.xenpatch.xen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTests {

    /** xencenter.md §12.4. */
    @ParameterizedTest
    @CsvSource({
        "0.1, <, 0.2",
        "0.1.2, <, 0.2",
        "0.1, =, 0.1.0.0.0",
        "7.1.6, <, 7.1.50",
        "22.19.0, <, 22.19.0-1.xs8",
        "22.19.0-1.xs8, =, 22.19.0-1.xs9",
        "22.19.0-1, <, 22.19.0-2",
        "22.19.0-1, <, 22.19.0-1.2",
        "22.19.0-1, =, 22.19.0-1.0.g1234abc",
        "9.9, <, 1:0.1",
        "1:1.0, <, 2:0.1",
        "3.2.1, <, 3.10",
        "'', <, 0.1",
        "release/yangtze, =, ''"
    })
    void versionsAreInOrder(String one, String sign, String other) {
        int order = Version.of(one).compareTo(Version.of(other));

        assertThat(Integer.signum(order)).isEqualTo(sign.equals("<") ? -1 : 0);
        assertThat(Integer.signum(Version.of(other).compareTo(Version.of(one)))).isEqualTo(sign.equals("<") ? 1 : 0);
        assertThat(Version.of(one).equals(Version.of(other))).isEqualTo(order == 0);
    }

    @Test
    void aVersionIsAtLeastItself() {
        assertThat(Version.of("8.2.1").isAtLeast("8.2")).isTrue();
        assertThat(Version.of("8.2.0").isAtLeast("8.2")).isTrue();
        assertThat(Version.of("8.1.9").isAtLeast("8.2")).isFalse();
    }
}

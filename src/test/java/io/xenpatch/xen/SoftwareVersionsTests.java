package io.xenpatch.xen;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.precheck.TestPool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftwareVersionsTests {

    @ParameterizedTest(name = "{0} against {1}: {2}")
    @CsvSource({
        "4.13.4-9.19, 4.13.4-9.19, 0",
        "4.13.4-9.19, 4.13.4-9.20, -1",
        "4.13.10, 4.13.9, 1",
        "4.13, 4.13.0, -1",
        "'', 4.13, -1",
        "3.4.0, 3.4.0.1, -1",
        "99999999999999999999, 1, -1",
    })
    void comparesNumberByNumber(String left, String right, int order) {
        assertThat(Integer.signum(SoftwareVersions.compare(left, right))).isEqualTo(order);
        assertThat(Integer.signum(SoftwareVersions.compare(right, left))).isEqualTo(-order);
    }

    @Test
    void letsGuestsGoToTheSameOrNewer() {
        List<HostSnapshot> hosts = TestPool.of(3)
                .change(0, TestPool.version("xen", "4.13.5-9.1"))
                .change(1, TestPool.version("xen", "4.13.5-9.2"))
                .change(2, TestPool.version("xen", "4.13.5-9.2"))
                .snapshot()
                .hosts();

        assertThat(SoftwareVersions.mayGo(hosts.get(0), hosts.get(1))).isTrue();
        assertThat(SoftwareVersions.mayGo(hosts.get(1), hosts.get(0))).isFalse();
        assertThat(SoftwareVersions.mayGo(hosts.get(1), hosts.get(2))).isTrue();
    }
}

package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.xapi.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTests {

    @ParameterizedTest
    @CsvSource({
        "xen1,xen1,443",
        "XEN1.example.org:8443,xen1.example.org,8443",
        "https://10.0.0.1,10.0.0.1,443",
        "https://10.0.0.1:444/,10.0.0.1,444",
        "[fd00::1]:444,fd00::1,444",
        "fd00::1,fd00::1,443",
        "https://[::1],::1,443"
    })
    void readsWhatPeopleWrite(String text, String host, int port) {
        assertThat(Address.parse(text, false)).isEqualTo(new Endpoint(host, port, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "ftp://xen1",
                "xen1:0",
                "xen1:65536",
                "xen1:999999",
                "xen1/path",
                "root:secret@xen1",
                "xen1 xen2",
                "https://",
                "-xen",
                "http://xen1"
            })
    void refusesWhatIsNoAddressOfAPool(String text) {
        assertThatThrownBy(() -> Address.parse(text, false))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors().get(0).pointer()).isEqualTo("/address"));
    }

    @Test
    void takesPlainHttpOnlyWhereItIsAllowed() {
        assertThat(Address.parse("http://xen1", true)).isEqualTo(new Endpoint("xen1", 80, false));
        assertThat(Address.show(Address.parse("http://xen1:8080", true))).isEqualTo("http://xen1:8080");
    }

    @Test
    void readsFingerprintsWithAndWithoutColons() {
        var plain = "0a".repeat(32);
        assertThat(Fingerprint.parse(plain.toUpperCase(java.util.Locale.ROOT))).isEqualTo(plain);
        assertThat(Fingerprint.parse("0A:".repeat(31) + "0a")).isEqualTo(plain);
        assertThatThrownBy(() -> Fingerprint.parse("0a".repeat(31))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Fingerprint.parse("zz".repeat(32))).isInstanceOf(ProblemException.class);
    }
}

package io.xenpatch.simulator.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each suite is a source of cases in one of the tests of this package. */
class OracleTests {

    @ParameterizedTest
    @EnumSource
    void hasNoSuiteThatIsNotTested(Oracle oracle) {
        assertThat(oracle.suites().propertyNames())
                .isNotEmpty()
                .isSubsetOf(Arrays.stream(Suite.values()).map(Suite::text).toList());
    }
}

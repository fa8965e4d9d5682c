package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.IntegrationTest;
import io.xenpatch.caller.Caller;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xen.PoolUuid;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class RegistrationTests {
    @Autowired
    private PoolRegistration registration;

    @Autowired
    private Pools pools;

    @Autowired
    private JdbcClient jdbc;

    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Simulator.start(Scenario.generated(1, 3, 2), SimulatorSettings.atSpeed(1));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private PoolDescription pool() {
        return simulator.pools().get(0);
    }

    @Test
    void registersAPoolAndConnectsToIt() {
        var view = registration.register(
                Caller.localAdmin(),
                new NewPool(pool().address(), pool().username(), pool().password(), null, Map.of("env", "test")));

        assertThat(view.name()).isEqualTo(pool().name());
        assertThat(view.hostCount()).isEqualTo(3);
        assertThat(view.state()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(view.pins()).hasSize(3);
        assertThat(pools.connection(PoolUuid.of(pool().poolUuid()))
                        .pool()
                        .observe()
                        .hosts())
                .hasSize(3);
        assertThat(jdbc.sql("select count(*) from vm_inventory")
                        .query(Long.class)
                        .single())
                .isEqualTo(6);
    }
}

package io.xenpatch.simulator;

/**
 * How to run a simulator.
 *
 * @param port port of the first pool, the next pools follow; 0 = free ports
 * @param clock virtual time
 * @param plainHttp no TLS
 * @param coordinatorOnly supporters don't listen
 * @param distinctCertificates every host its own certificate instead of one a pool
 * @param churnPerSecond random changes per real second over all pools
 */
public record SimulatorSettings(
        int port,
        SimulatorClock clock,
        boolean plainHttp,
        boolean coordinatorOnly,
        boolean distinctCertificates,
        int churnPerSecond) {

    /** Free ports, HTTPS, real time at a speed. */
    public static SimulatorSettings atSpeed(double speed) {
        return new SimulatorSettings(0, SimulatorClock.scaled(speed), false, false, false, 0);
    }

    /** Free ports, HTTPS, a clock that only {@link Simulator#advance} moves. */
    public static SimulatorSettings manual(ManualClock clock) {
        return new SimulatorSettings(0, clock, false, false, false, 0);
    }

    public SimulatorSettings onPort(int first) {
        return new SimulatorSettings(first, clock, plainHttp, coordinatorOnly, distinctCertificates, churnPerSecond);
    }

    public SimulatorSettings overPlainHttp() {
        return new SimulatorSettings(port, clock, true, coordinatorOnly, distinctCertificates, churnPerSecond);
    }

    public SimulatorSettings onlyCoordinators() {
        return new SimulatorSettings(port, clock, plainHttp, true, distinctCertificates, churnPerSecond);
    }

    public SimulatorSettings withDistinctCertificates() {
        return new SimulatorSettings(port, clock, plainHttp, coordinatorOnly, true, churnPerSecond);
    }

    public SimulatorSettings withChurn(int perSecond) {
        return new SimulatorSettings(port, clock, plainHttp, coordinatorOnly, distinctCertificates, perSecond);
    }
}

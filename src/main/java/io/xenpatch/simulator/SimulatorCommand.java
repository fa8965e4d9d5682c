package io.xenpatch.simulator;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.json.JsonMapper;

/** The command line of the simulator: starts pools, prints what a client needs, and serves until the process ends. */
public final class SimulatorCommand {
    /** Exit code for arguments that can't be understood and for ports that are taken. */
    public static final int BAD_ARGUMENTS = 2;

    private SimulatorCommand() {}

    /**
     * Runs until the process is ended.
     *
     * @param args what follows {@code simulator} on the command line
     * @return exit code; 2 with one sentence on {@code err} when nothing was started
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            var options = SimulatorOptions.parse(args);
            try (var simulator = Simulator.start(options.toScenario(), options.toSettings())) {
                print(simulator, out);
                new CountDownLatch(1).await();
            }
            return 0;
        } catch (InvalidScenario | SimulatorFailure | IllegalArgumentException e) {
            err.println(e.getMessage());
            return BAD_ARGUMENTS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static void print(Simulator simulator, PrintStream out) {
        var mapper = JsonMapper.builder().build();
        simulator.pools().forEach(pool -> out.println(mapper.writeValueAsString(pool)));
        out.println("{\"ready\":true}");
        out.flush();
    }
}

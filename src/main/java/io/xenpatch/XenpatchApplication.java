package io.xenpatch;

import io.xenpatch.database.EmbeddedDatabaseStart;
import io.xenpatch.demo.DemoCommand;
import io.xenpatch.simulator.SimulatorCommand;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Picks the command: serve (default), simulator, demo. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class XenpatchApplication {

    private static final String COMMON_POOL = "java.util.concurrent.ForkJoinPool.common.parallelism";
    private static final int LEAST_COMMON_THREADS = 2;

    public static void main(String[] args) {
        shareThreads();
        var command = args.length > 0 ? args[0] : "";
        switch (command) {
            case "simulator" -> System.exit(SimulatorCommand.run(rest(args), System.out, System.err));
            case "demo" -> System.exit(DemoCommand.run(rest(args), XenpatchApplication::serve));
            default -> serve(args);
        }
    }

    /**
     * The JDK's HTTP client hands every answer through the common pool; with one or two processors that is no pool but a new thread
     * for each answer. Must come before anything uses that pool.
     */
    private static void shareThreads() {
        if (System.getProperty(COMMON_POOL) == null) {
            var threads = Math.max(LEAST_COMMON_THREADS, Runtime.getRuntime().availableProcessors());
            System.setProperty(COMMON_POOL, String.valueOf(threads));
        }
    }

    /** @return the port that the service listens on */
    private static int serve(String... args) {
        var application = new SpringApplication(XenpatchApplication.class);
        application.addListeners(new EmbeddedDatabaseStart());
        return application.run(args).getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static String[] rest(String[] args) {
        return Arrays.copyOfRange(args, 1, args.length);
    }
}

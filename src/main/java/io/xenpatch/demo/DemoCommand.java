package io.xenpatch.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;

/** The command line of the demo: simulated pools, the service, and one update job on each pool. */
public final class DemoCommand {
    /** Exit code for arguments that can't be understood and for a port that is taken. */
    public static final int BAD_ARGUMENTS = 2;
    /** Exit code when something did not go as it should. */
    public static final int FAILED = 1;

    private DemoCommand() {}

    /**
     * Runs until the process is ended, or with {@code --exit} until the summary.
     *
     * @param args what follows {@code demo} on the command line
     * @param service starts the service with settings like {@code --server.port=8090} and gives the port that it listens on
     * @return exit code: 0, 1 when a job did not succeed, 2 with one sentence when nothing was started
     */
    public static int run(String[] args, ToIntFunction<String[]> service) {
        System.out.println("Xenpatch demo: simulated pools, the service, and one update job on each pool.");
        System.out.flush();
        try {
            var options = DemoOptions.parse(args, System.getenv());
            refuseBusyPort(options.listensOn());
            return run(options, service);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return BAD_ARGUMENTS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int run(DemoOptions options, ToIntFunction<String[]> service) throws InterruptedException {
        var screen = Screen.ofProcess();
        var starting = CompletableFuture.supplyAsync(() -> SimulatedPools.start(options.dataDirectory()));
        var port = service.applyAsInt(options.serviceArguments());
        var api = new Api("http://" + host(options.listensOn()) + ":" + port);
        screen.timed("The service listens at " + api.root());
        var pools = starting.join();
        pools.keepRemembering();
        Runtime.getRuntime().addShutdownHook(new Thread(pools::remember, "demo-memory-last"));
        var succeeded = drive(api, pools, options, screen);
        if (!options.exits()) {
            new CountDownLatch(1).await();
        }
        return succeeded ? 0 : FAILED;
    }

    private static boolean drive(Api api, SimulatedPools pools, DemoOptions options, Screen screen)
            throws InterruptedException {
        try {
            var demo = new Demo(api, pools, screen);
            var succeeded = demo.run();
            if (!options.exits()) {
                Invitation.print(api, demo, pools, options, screen);
            }
            return succeeded;
        } catch (Api.Refused | Api.Unanswered | CompletionException e) {
            var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            screen.timed("The demo stops here: " + cause.getMessage() + " (log: " + options.log() + ")");
            return false;
        }
    }

    private static void refuseBusyPort(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.bind(address);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The demo can't listen on " + host(address) + ":" + address.getPort() + " (" + e.getMessage()
                            + "); another port is chosen by SERVER_PORT.",
                    e);
        }
    }

    private static String host(InetSocketAddress address) {
        return address.getHostString();
    }
}

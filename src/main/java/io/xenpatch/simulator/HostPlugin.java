package io.xenpatch.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What {@code host.call_plugin} runs on a simulated host. */
@FunctionalInterface
public interface HostPlugin {

    /**
     * Called when the host begins to run the plugin.
     *
     * @param hostUuid the host
     * @param function the function of the plugin
     * @param args its arguments
     */
    Outcome call(String hostUuid, String function, Map<String, String> args);

    /**
     * What the plugin comes to.
     *
     * @param text its answer
     * @param error code and parameters with which the call fails; empty = it succeeds
     * @param after how long it takes, in virtual time
     */
    record Outcome(String text, List<String> error, Duration after) {

        /** A plugin that answers. */
        public static Outcome said(String text, Duration after) {
            return new Outcome(text, List.of(), after);
        }

        /** A plugin that fails. */
        public static Outcome failed(List<String> error, Duration after) {
            return new Outcome("", List.copyOf(error), after);
        }
    }
}

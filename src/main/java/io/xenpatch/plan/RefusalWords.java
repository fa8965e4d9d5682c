package io.xenpatch.plan;

/** What an error code of the server means where the code alone helps nobody: the call itself is not what the server takes. */
public final class RefusalWords {

    private RefusalWords() {}

    /** @return a sentence with what to do; empty for a code that speaks for itself */
    public static String of(String code) {
        return switch (code) {
            case "MESSAGE_METHOD_UNKNOWN", "MESSAGE_REMOVED" ->
                "The server does not know this call: its version lacks it, or the script behind it is not installed on"
                        + " the host. Nothing was done. Check the version, and compare the host with others of its pool.";
            case "MESSAGE_PARAMETER_COUNT_MISMATCH" ->
                "The server's version takes this call with other parameters. Nothing was done. Report the version of the"
                        + " server: Xenpatch has to learn it.";
            default -> "";
        };
    }
}

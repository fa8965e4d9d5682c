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
            case "UPDATEINFO_HASH_MISMATCH" ->
                "The repository was synchronised since this was decided, so other updates would be installed. Nothing was"
                        + " installed. Assess again and start a new job.";
            case "HOST_EVACUATION_IS_REQUIRED" ->
                "VMs run on the host and its updates need it empty. Nothing was installed. Move these VMs and start again.";
            case "HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY", "HOST_PENDING_MANDATORY_GUIDANCES_NOT_EMPTY" ->
                "The host still waits for a restart that an earlier update made mandatory. Carry that out first"
                        + " (update {\"pendingTasksOnly\": true}).";
            case "HA_IS_ENABLED" ->
                "High availability was switched on meanwhile. Nothing was installed. Switch it off and start again.";
            case "NO_REPOSITORY_ENABLED", "MULTIPLE_UPDATE_REPOSITORIES_ENABLED" ->
                "The server installs from exactly one enabled repository of updates. Nothing was installed. Look at the"
                        + " repositories of the pool.";
            case "GET_HOST_UPDATES_FAILED" ->
                "The host could not say what it lacks. Nothing was installed. Look at the host, then synchronise again.";
            case "APPLY_UPDATES_FAILED" ->
                "Packages may be installed in part. The host stays as it is: look at its log of yum or dnf before it is"
                        + " used again.";
            default -> "";
        };
    }
}

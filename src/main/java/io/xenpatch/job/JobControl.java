package io.xenpatch.job;

import java.util.EnumSet;
import java.util.Set;

/** What people may do to a job, and in which of its states (P5.6). Where it is so already, asking again changes nothing. */
enum JobControl {
    /** No further host begins. */
    PAUSE(
            "paused",
            EnumSet.of(
                    UpdateJobState.QUEUED,
                    UpdateJobState.SCHEDULED,
                    UpdateJobState.AWAITING_APPROVAL,
                    UpdateJobState.PRECHECKING,
                    UpdateJobState.RUNNING,
                    UpdateJobState.PAUSED)),
    RESUME("resumed", PAUSE.states),
    /** A host is left out. */
    SKIP("told to leave out a host", PAUSE.states),
    /** It ends at the next safe point (R29). */
    CANCEL("cancelled", with(PAUSE.states, UpdateJobState.CANCELLING, UpdateJobState.CANCELLED)),
    /** The same request once more, as a new job. */
    RETRY(
            "retried",
            EnumSet.of(
                    UpdateJobState.SUCCEEDED,
                    UpdateJobState.REJECTED,
                    UpdateJobState.FAILED,
                    UpdateJobState.CANCELLED));

    private final String participle;
    private final Set<UpdateJobState> states;

    JobControl(String participle, Set<UpdateJobState> states) {
        this.participle = participle;
        this.states = states;
    }

    boolean isAllowedIn(UpdateJobState state) {
        return states.contains(state);
    }

    /** Why it is refused, for people. */
    String refusal(UpdateJob job) {
        String why = job.state().isTerminal()
                ? " has ended (" + job.state() + ")"
                : job.state() == UpdateJobState.CANCELLING ? " is being cancelled" : " has not ended";
        return "Update job " + job.name() + why + ", so it can't be " + participle + ".";
    }

    private static Set<UpdateJobState> with(Set<UpdateJobState> some, UpdateJobState... more) {
        Set<UpdateJobState> all = EnumSet.copyOf(some);
        all.addAll(Set.of(more));
        return all;
    }
}

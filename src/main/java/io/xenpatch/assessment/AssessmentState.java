package io.xenpatch.assessment;

/** How far an assessment has come. */
public enum AssessmentState {
    RUNNING,
    COMPLETED,
    /** Older than {@code xenpatch.assessment.expire-after}: the pools may have changed since. */
    EXPIRED
}

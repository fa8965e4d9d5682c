package io.xenpatch.job;

/** What is known of a step's call. */
public enum CallFate {
    /** The intent is committed; whether the call was sent is not known. */
    MAYBE_SENT,
    /** The pool accepted it. */
    ACCEPTED,
    /** It certainly did not happen. */
    NOT_HAPPENED
}

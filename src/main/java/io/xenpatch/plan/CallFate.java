package io.xenpatch.plan;

/** What is known of the latest call of a step. */
public enum CallFate {
    /** The intent is committed; whether the call was sent is not known. */
    MAYBE_SENT,
    /** The pool accepted it. */
    ACCEPTED,
    /** It certainly did not happen: refused before anything began, or never sent. */
    NOT_HAPPENED
}

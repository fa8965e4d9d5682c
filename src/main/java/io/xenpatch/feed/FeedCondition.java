package io.xenpatch.feed;

/** How the update feed is. */
public enum FeedCondition {
    /** No location is configured; updates that are chosen one by one work all the same. */
    NOT_CONFIGURED,
    /** It is being read for the first time. */
    LOADING,
    /** The last try succeeded. */
    CURRENT,
    /** The last try failed; an earlier copy is used. */
    OUTDATED,
    /** No try has succeeded yet. */
    FAILED
}

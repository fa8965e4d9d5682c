package io.xenpatch.feed;

import io.xenpatch.xen.PublishedUpdates;
import java.util.List;

/**
 * A feed that was read.
 *
 * @param warnings what in it leads nowhere, in sentences; the rest of it can be relied on
 */
public record FeedDocument(PublishedUpdates published, List<String> warnings) {

    public FeedDocument {
        warnings = List.copyOf(warnings);
    }
}

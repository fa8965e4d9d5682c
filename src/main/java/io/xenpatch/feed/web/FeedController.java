package io.xenpatch.feed.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.feed.UpdateFeed;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The update feed. It is the service's own: no label scope limits who sees it. */
@RestController
@Tag(name = "Inventory")
class FeedController {
    private final UpdateFeed feed;

    FeedController(UpdateFeed feed) {
        this.feed = feed;
    }

    @GetMapping(path = "/api/v1/feed", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getFeed", summary = "Show the update feed", description = """
                    The feed says which updates a version of the server needs, in which order, and which exclude each other. It is
                    read from the place that is configured as `xenpatch.feed.location`, and again from time to time; when that
                    fails the last good copy is used. Without a feed, updates can be chosen one by one, and the latest is
                    everything that a pool has an image of.""")
    @ApiResponse(responseCode = "200", description = "What is known of the feed just now")
    FeedResponse feed() {
        return FeedResponse.from(feed.status());
    }
}

package io.xenpatch.feed;

import io.xenpatch.egress.Egress;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedSettings.class)
class FeedConfiguration {

    @Bean
    FeedWorker feedWorker() {
        return new FeedWorker();
    }

    @Bean
    UpdateFeed updateFeed(FeedSettings settings, Egress egress, InstantSource time, FeedWorker worker) {
        var location = FeedLocation.of(settings.location(), settings.allowPlainHttp())
                .filter(place -> !settings.location().isBlank());
        return new UpdateFeed(
                location.map(place -> source(place, settings, egress, worker)).orElse(null),
                location.map(FeedLocation::toString).orElse(""),
                time,
                worker.thread());
    }

    private static FeedSource source(FeedLocation place, FeedSettings settings, Egress egress, FeedWorker worker) {
        return place.fold(
                file -> new FileFeed(file, settings.largest().toBytes(), worker.thread()),
                address -> new WebFeed(egress, address, settings));
    }

    @Bean
    FeedRefreshing feedRefreshing(UpdateFeed feed, FeedSettings settings, FeedWorker worker) {
        return new FeedRefreshing(feed, settings, worker.thread());
    }
}

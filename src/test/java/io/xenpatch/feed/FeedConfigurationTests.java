package io.xenpatch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class FeedConfigurationTests {
    private final ApplicationContextRunner spring = new ApplicationContextRunner()
            .withUserConfiguration(FeedConfiguration.class)
            .withBean(Egress.class, () -> new Egress(new EgressProperties(Duration.ofSeconds(2))))
            .withBean(InstantSource.class, InstantSource::system);

    @TempDir
    private @Nullable Path folder;

    @Test
    void hasNoFeedAndUsefulLimitsByDefault() {
        spring.run(context -> {
            assertThat(context.getBean(UpdateFeed.class).status().condition()).isEqualTo(FeedCondition.NOT_CONFIGURED);
            assertThat(context.getBean(FeedSettings.class))
                    .isEqualTo(new FeedSettings(
                            "",
                            Set.of(),
                            Duration.ofHours(6),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(1),
                            DataSize.ofMegabytes(16),
                            false));
        });
    }

    @Test
    void addsNoExecutorThatSpringWouldTakeForItsOwn() {
        spring.run(context -> assertThat(context).doesNotHaveBean(Executor.class));
    }

    @Test
    void takesAFileForAFeed() {
        var place = Objects.requireNonNull(folder).resolve("updates.xml");

        spring.withPropertyValues("xenpatch.feed.location=" + place)
                .run(context -> assertThat(
                                context.getBean(UpdateFeed.class).status().location())
                        .isEqualTo(place.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "location=http://updates.example/updates.xml",
                "location=ftp://updates.example/updates.xml",
                "location=https://user:secret@updates.example/updates.xml",
                "location=https:///updates.xml",
                "location=https://updates.example/up dates.xml",
                "location=file:relative.xml",
                "fingerprints=abc",
                "refresh=1s",
                "retry=0s",
                "longest=1h"
            })
    void refusesToStartWith(String setting) {
        spring.withPropertyValues("xenpatch.feed." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/updates.xml, false, /srv/updates.xml",
        "file:///srv/updates.xml, false, /srv/updates.xml",
        "https://updates.example/a.xml?token=secret#secret, false, https://updates.example/a.xml",
        "https://updates.example:8443, false, https://updates.example:8443",
        "http://updates.example/a.xml, true, http://updates.example/a.xml"
    })
    void showsALocationWithoutWhatMayBeSecret(String text, boolean plainHttp, String shown) {
        assertThat(FeedLocation.of(text, plainHttp).orElseThrow()).hasToString(shown);
    }
}

package io.xenpatch.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.egress.Fingerprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What becomes of the feed while the place it comes from lives its own life. */
class UpdateFeedTests {
    private static final Instant START = Instant.parse("2026-11-23T01:00:00Z");
    private static final String UUID = "10000000-0000-0000-0000-000000000001";

    private final Egress egress = new Egress(new EgressProperties(Duration.ofSeconds(2)));
    private final FeedServer server = new FeedServer(null);
    private Instant now = START;

    @TempDir
    private @Nullable Path folder;

    @AfterEach
    void stop() {
        server.close();
        egress.close();
    }

    private static byte[] feedOf(int updates) {
        var patches = new StringBuilder();
        for (var number = 0; number < updates; number++) {
            patches.append("<patch uuid='")
                    .append(UUID.substring(0, 35))
                    .append(number)
                    .append("'/>");
        }
        return ("<patchdata><patches>" + patches + "</patches></patchdata>").getBytes(StandardCharsets.UTF_8);
    }

    private static FeedSettings settings(String location, String... fingerprints) {
        return settings(location, Duration.ofSeconds(20), fingerprints);
    }

    private static FeedSettings settings(String location, Duration longest, String... fingerprints) {
        return new FeedSettings(
                location,
                Set.of(fingerprints),
                Duration.ofHours(6),
                Duration.ofMinutes(5),
                longest,
                DataSize.ofKilobytes(4),
                true);
    }

    private UpdateFeed web(String address, String... fingerprints) {
        return web(address, settings(address, fingerprints));
    }

    private UpdateFeed web(String address, FeedSettings settings) {
        return new UpdateFeed(
                new WebFeed(egress, URI.create(address), settings),
                FeedLocation.of(address, true).orElseThrow().toString(),
                now(),
                Runnable::run);
    }

    private InstantSource now() {
        return () -> now;
    }

    private UpdateFeed file(Path file) {
        return new UpdateFeed(new FileFeed(file, 4096, Runnable::run), file.toString(), now(), Runnable::run);
    }

    private static boolean refresh(UpdateFeed feed) {
        return feed.refresh().join();
    }

    private static void assertFailed(UpdateFeed feed, FeedFailure.Code code) {
        assertThat(refresh(feed)).isFalse();
        assertThat(Objects.requireNonNull(feed.status().failure()).code()).isEqualTo(code);
    }

    @Test
    void saysThatThereIsNoFeedWhereNoneIsConfigured() {
        var none = new UpdateFeed(null, "", now(), Runnable::run);

        assertThat(refresh(none)).isFalse();

        assertThat(none.current()).isEmpty();
        assertThat(none.status().condition()).isEqualTo(FeedCondition.NOT_CONFIGURED);
        assertThat(none.status().triedAt()).isNull();
    }

    @Test
    void isReadFromTheWeb() {
        server.has(feedOf(2), "\"one\"");
        var feed = web(server.address());

        assertThat(feed.status().condition()).isEqualTo(FeedCondition.LOADING);
        assertThat(refresh(feed)).isTrue();

        assertThat(feed.current().orElseThrow().updates()).hasSize(2);
        now = START.plusSeconds(90);
        assertThat(feed.status().condition()).isEqualTo(FeedCondition.CURRENT);
        assertThat(feed.status().updates()).isEqualTo(2);
        assertThat(feed.status().fetchedAt()).isEqualTo(START);
        assertThat(feed.status().age()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void isNotReadAgainWhileItsTagIsTheSame() {
        server.has(feedOf(2), "\"one\"");
        var feed = web(server.address());
        refresh(feed);
        var copy = feed.current().orElseThrow();
        now = START.plusSeconds(90);

        assertThat(refresh(feed)).isTrue();

        assertThat(server.lastHeader("If-None-Match")).isEqualTo("\"one\"");
        assertThat(feed.current().orElseThrow()).isSameAs(copy);
        assertThat(feed.status().age()).isZero();
    }

    @Test
    void isNotReadAgainWhileItsTimeIsTheSameWhereTheServerHasNoTags() {
        server.has(feedOf(1), "");
        var feed = web(server.address());
        refresh(feed);

        assertThat(refresh(feed)).isTrue();

        assertThat(server.lastHeader("If-Modified-Since")).isEqualTo("Mon, 23 Nov 2026 01:00:00 GMT");
        assertThat(server.lastHeader("If-None-Match")).isNull();
        assertThat(feed.current().orElseThrow().updates()).hasSize(1);
    }

    @Test
    void keepsTheLastGoodCopyWithItsAgeWhenTheServerFailsAndRecovers() {
        server.has(feedOf(2), "\"one\"");
        var feed = web(server.address());
        refresh(feed);
        now = START.plus(Duration.ofHours(6));
        server.answersWith(503);

        assertFailed(feed, FeedFailure.Code.REFUSED);

        assertThat(feed.current().orElseThrow().updates()).hasSize(2);
        assertThat(feed.status().condition()).isEqualTo(FeedCondition.OUTDATED);
        assertThat(feed.status().age()).isEqualTo(Duration.ofHours(6));
        assertThat(feed.status().triedAt()).isEqualTo(now);

        server.answersWith(200);
        assertThat(refresh(feed)).isTrue();
        assertThat(feed.status().condition()).isEqualTo(FeedCondition.CURRENT);
        assertThat(feed.status().failure()).isNull();
    }

    @Test
    void keepsTheLastGoodCopyWhenSomethingElseIsServedThere() throws IOException {
        var place = Objects.requireNonNull(folder).resolve("updates.xml");
        Files.write(place, feedOf(2));
        var feed = file(place);
        refresh(feed);
        Files.writeString(place, "<html>Sign in</html>");

        assertFailed(feed, FeedFailure.Code.NOT_A_FEED);

        assertThat(feed.current().orElseThrow().updates()).hasSize(2);
    }

    @Test
    void hasNoCopyWhenItNeverSucceeded() {
        server.answersWith(404);
        var feed = web(server.address());

        assertFailed(feed, FeedFailure.Code.REFUSED);

        assertThat(feed.current()).isEmpty();
        assertThat(feed.status().condition()).isEqualTo(FeedCondition.FAILED);
        assertThat(feed.status().age()).isNull();
    }

    @Test
    void followsNoRedirect() {
        server.answersWith(302);

        assertFailed(web(server.address()), FeedFailure.Code.REFUSED);

        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void takesNoDocumentThatIsTooLarge() {
        server.has(feedOf(500), "\"one\"");

        assertFailed(web(server.address()), FeedFailure.Code.TOO_LARGE);
    }

    @Test
    void saysThatNobodyAnswersWithoutTellingTheSecretInTheAddress() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        var feed = web("http://127.0.0.1:" + port + "/updates.xml?token=s3cret#s3cret");

        assertFailed(feed, FeedFailure.Code.UNREACHABLE);

        assertThat(feed.status().location()).isEqualTo("http://127.0.0.1:" + port + "/updates.xml");
        assertThat(feed.status().failure()).hasMessageNotContaining("s3cret");
    }

    @Test
    void givesUpAServerThatSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = "http://127.0.0.1:" + silent.getLocalPort() + "/updates.xml";

            assertFailed(web(address, settings(address, Duration.ofMillis(50))), FeedFailure.Code.TIMED_OUT);
        }
    }

    @Test
    void sendsTheSecretInTheAddressToTheServer() {
        server.has(feedOf(1), "\"one\"");

        assertThat(refresh(web(server.address() + "?token=s3cret"))).isTrue();

        assertThat(server.asked().get(0).getRequestURI().getQuery()).isEqualTo("token=s3cret");
    }

    private static X509Bundle certificate() throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=somebody.else")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static SSLContext tls(X509Bundle certificate) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, new SecureRandom());
        return context;
    }

    @Test
    void trustsAServerWhoseCertificateIsPinned() throws Exception {
        var certificate = certificate();
        try (var secure = new FeedServer(tls(certificate))) {
            secure.has(feedOf(1), "\"one\"");
            var fingerprint = Fingerprint.of(certificate.getCertificate());

            assertThat(refresh(web(secure.address(), fingerprint.toUpperCase(Locale.ROOT))))
                    .isTrue();
        }
    }

    @Test
    void trustsNoOtherServer() throws Exception {
        try (var secure = new FeedServer(tls(certificate()))) {
            secure.has(feedOf(1), "\"one\"");

            assertFailed(web(secure.address(), "0".repeat(64)), FeedFailure.Code.CERTIFICATE_NOT_TRUSTED);
            assertFailed(web(secure.address()), FeedFailure.Code.CERTIFICATE_NOT_TRUSTED);

            assertThat(secure.asked()).isEmpty();
        }
    }

    @Test
    void isReadFromAFileAndAgainWhenTheFileHasChanged() throws IOException {
        var place = Objects.requireNonNull(folder).resolve("updates.xml");
        Files.write(place, feedOf(2));
        var feed = file(place);
        assertThat(refresh(feed)).isTrue();
        var copy = feed.current().orElseThrow();

        assertThat(refresh(feed)).isTrue();
        assertThat(feed.current().orElseThrow()).isSameAs(copy);

        Files.write(place, feedOf(2));
        Files.setLastModifiedTime(place, FileTime.from(START));
        assertThat(refresh(feed)).isTrue();
        assertThat(feed.current().orElseThrow()).isNotSameAs(copy);
    }

    @Test
    void keepsTheCopyOfAFileThatIsGoneAndNamesTheFile() throws IOException {
        var place = Objects.requireNonNull(folder).resolve("updates.xml");
        Files.write(place, feedOf(2));
        var feed = file(place);
        refresh(feed);
        Files.delete(place);

        assertFailed(feed, FeedFailure.Code.FILE_NOT_READABLE);

        assertThat(feed.current()).isPresent();
        assertThat(feed.status().failure()).hasMessageContaining(place.toString());
    }

    @Test
    void takesNoFileThatIsTooLarge() throws IOException {
        var place = Objects.requireNonNull(folder).resolve("updates.xml");
        Files.write(place, feedOf(500));

        assertFailed(file(place), FeedFailure.Code.TOO_LARGE);
    }

    @Test
    void isReadWhenTheServiceStarts() throws IOException {
        var place = Objects.requireNonNull(folder).resolve("updates.xml");
        Files.write(place, feedOf(1));
        var feed = file(place);
        try (var worker = new FeedWorker()) {
            var refreshing = new FeedRefreshing(feed, settings(place.toString()), worker.thread());
            refreshing.start();
            await().until(() -> feed.current().isPresent());
            refreshing.stop();
            assertThat(refreshing.isRunning()).isFalse();
        }
    }

    @Test
    void takesEveryFailureForOneAndTellsNoWordsThatNobodyChose() {
        var broken = new UpdateFeed(
                known -> {
                    throw new IllegalStateException("s3cret");
                },
                "somewhere",
                now(),
                Runnable::run);

        assertFailed(broken, FeedFailure.Code.INVALID);

        assertThat(broken.status().failure()).hasMessageNotContaining("s3cret").hasMessageContaining("IllegalState");
    }

    @Test
    void isReadAgainSoonerAfterAFailure() {
        var settings = settings("");

        assertThat(FeedRefreshing.pause(settings, true)).isEqualTo(settings.refresh());
        assertThat(FeedRefreshing.pause(settings, false)).isEqualTo(settings.retry());
    }
}

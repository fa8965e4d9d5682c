package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.simulator.UpdateImages;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.ImageContent;
import io.xenpatch.xapi.NewVdi;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.SrSpace;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Images over the wire: created, written, introduced, destroyed. */
class ImageTests extends AdapterTest {
    private static final String UUID = "3f92b111-0a90-4ec6-b85a-737f241a3fc1";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SIZE = 300_000;

    private VdiUuid create(XapiPool pool, String mark) {
        return create(pool, shared(pool), mark, SIZE);
    }

    private VdiUuid create(XapiPool pool, SrSpace place, String mark, long size) {
        var vdi = new NewVdi(place.uuid(), "image", "of a test", size, Map.of("mark", mark));
        var task = succeeded(pool, pool.vdis().create(vdi));
        return pool.vdis().created(task).orElseThrow();
    }

    private static SrSpace shared(XapiPool pool) {
        return pool.srs().observe().repositories().stream()
                .filter(SrSpace::shared)
                .findFirst()
                .orElseThrow();
    }

    private static Pieces update() {
        return new Pieces(UpdateImages.image(UUID, "XS82E999", SIZE));
    }

    private XapiTaskRef send(XapiPool pool, VdiUuid image, Pieces pieces) throws Exception {
        var task = pool.tasks().create("upload", "");
        pool.importImage(image, task, pieces.content()).get(LONG.toSeconds(), TimeUnit.SECONDS);
        return task;
    }

    private XapiFailure sendInVain(XapiPool pool, VdiUuid image, Pieces pieces) {
        var task = pool.tasks().create("upload", "");
        var thrown = catchThrowable(() -> pool.importImage(image, task, pieces.content())
                .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                .join());
        assertThat(thrown).isInstanceOf(CompletionException.class);
        assertThat(thrown.getCause()).isInstanceOf(XapiFailure.class);
        return (XapiFailure) Objects.requireNonNull(thrown.getCause());
    }

    @Test
    void tellsWhereAPoolKeepsImages() {
        start(Scenario.pool("images").hosts(2).storageSize(5_000_000));
        var pool = open();
        create(pool, "a");

        var storage = pool.srs().observe();

        assertThat(storage.coordinator()).isEqualTo(host(0));
        assertThat(storage.defaultSr()).isEqualTo(shared(pool).uuid());
        assertThat(shared(pool).free()).isEqualTo(5_000_000 - SIZE);
        assertThat(shared(pool).attachedOn()).containsExactlyInAnyOrder(host(0), host(1));
        assertThat(storage.repositories()).hasSize(3).allMatch(SrSpace::takesImages);
    }

    @Test
    void writesAnImageAndIntroducesItsUpdate() throws Exception {
        start(Scenario.pool("images"));
        var pool = open();
        var image = create(pool, "a");

        assertThat(succeeded(pool, send(pool, image, update())).text()).startsWith("OpaqueRef:");
        assertThat(pool.poolUpdates().of(image)).isEmpty();
        var answer = succeeded(pool, pool.poolUpdates().introduce(image));

        var known = pool.poolUpdates().introduced(answer);
        assertThat(known).contains(UpdateUuid.of(UUID));
        assertThat(pool.poolUpdates().of(image)).isEqualTo(known);
        assertThat(pool.pool()
                        .observe()
                        .update(UpdateUuid.of(UUID))
                        .orElseThrow()
                        .uploaded())
                .isTrue();
    }

    @Test
    void cleansTheImageOfAnUpdateAwayAndThePoolGoesOnKnowingTheUpdate() throws Exception {
        start(Scenario.pool("images"));
        var pool = open();
        var image = create(pool, "a");
        succeeded(pool, send(pool, image, update()));
        succeeded(pool, pool.poolUpdates().introduce(image));

        succeeded(pool, pool.poolUpdates().clean(UpdateUuid.of(UUID)));

        assertThat(pool.pool()
                        .observe()
                        .update(UpdateUuid.of(UUID))
                        .orElseThrow()
                        .uploaded())
                .isFalse();
        assertThat(pool.vdis().marked("mark", "a")).isEmpty();
        succeeded(pool, pool.poolUpdates().clean(UpdateUuid.of(UUID)));
        assertThat(actions()).contains(JournalAction.UPDATE_CLEANED);
    }

    @Test
    void findsImagesByTheirMarkAndDestroysThem() {
        start(Scenario.pool("images"));
        var pool = open();
        var one = create(pool, "one");
        create(pool, "two");

        assertThat(pool.vdis().marked("mark", "one")).containsExactly(one);
        succeeded(pool, pool.vdis().destroy(one));

        assertThat(pool.vdis().marked("mark", "one")).isEmpty();
        assertThat(pool.vdis().marked("mark", "two")).hasSize(1);
    }

    @Test
    void followsARedirectToAHostWhoseCertificateIsPinned() throws Exception {
        start(Scenario.pool("images").hosts(2), SimulatorSettings.atSpeed(SPEED).withDistinctCertificates());
        var pool = open();
        pool.pool().certificates();
        var image = create(pool, localOf(pool, host(1)), "a", SIZE);

        succeeded(pool, send(pool, image, update()));
    }

    @Test
    void sendsNothingToAHostWhoseCertificateIsNotPinned() {
        start(Scenario.pool("images").hosts(2), SimulatorSettings.atSpeed(SPEED).withDistinctCertificates());
        var right = new HostPin(host(0), endpoint(0), description().tlsFingerprint());
        var pool = open(new PoolAccess(endpoint(0), credentials(), List.of(right), null));
        var image = create(pool, localOf(pool, host(1)), "a", SIZE);
        var pieces = update();

        assertThat(sendInVain(pool, image, pieces)).isInstanceOf(XapiFailure.CertificateRefused.class);
        assertThat(pieces.given()).isZero();
    }

    private static SrSpace localOf(XapiPool pool, HostUuid host) {
        return pool.srs().observe().repositories().stream()
                .filter(sr -> !sr.shared() && sr.attachedOn().contains(host))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void logsInAgainBeforeAnythingOfTheContentIsSent() throws Exception {
        start(Scenario.pool("images"));
        var pool = open();
        var image = create(pool, "a");
        var task = pool.tasks().create("upload", "");
        inject(FaultKind.SESSION_LOST, "pool.get_all");
        var other = open();
        var unused = catchThrowable(() -> other.pool().setLivePatchingDisabled(false));

        pool.importImage(image, task, update().content()).get(LONG.toSeconds(), TimeUnit.SECONDS);

        assertThat(finished(pool, task)).isInstanceOf(XapiTask.Succeeded.class);
    }

    @Test
    void namesTheErrorOfTheServer() {
        start(Scenario.pool("images"));
        var pool = open();
        var gone = VdiUuid.of("00000000-0000-4000-8000-000000000000");

        assertThat(sendInVain(pool, gone, update())).isInstanceOfSatisfying(XapiFailure.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("UUID_INVALID");
            assertThat(refused.parameters()).containsExactly("VDI", gone.toString());
        });
    }

    @Test
    void asksForNoMoreThanASlowPoolTakes() {
        start(Scenario.pool("images"));
        var pool = open();
        var size = 64L << 20;
        var image = create(pool, shared(pool), "a", size);
        simulator().inject(Fault.on(description().poolUuid(), FaultKind.UPLOAD_STALLS));
        var pieces = new Pieces(new byte[0], size, Duration.ofSeconds(2));

        var failure = sendInVain(pool, image, pieces);

        assertThat(failure).isInstanceOf(XapiFailure.AnswerLost.class).hasMessageContaining("nothing moved");
        // what has left is in the buffers of the two kernels
        assertThat(pieces.given()).isBetween(size / 2, size / 2 + (20L << 20));
    }

    @Test
    void goesOnWhenASlowPoolDoes() throws Exception {
        start(Scenario.pool("images"));
        var pool = open();
        var size = 20L << 20;
        var image = create(pool, shared(pool), "a", size);
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.UPLOAD_STALLS)
                        .lasting(Duration.ofSeconds((long) SPEED)));

        var task = send(pool, image, new Pieces(new byte[0], size, LONG));

        succeeded(pool, task);
    }

    @Test
    void noticesThatTheConnectionBreaks() {
        start(Scenario.pool("images"));
        var pool = open();
        var image = create(pool, "a");
        simulator().inject(Fault.on(description().poolUuid(), FaultKind.UPLOAD_BREAKS));

        assertThat(sendInVain(pool, image, update())).isInstanceOf(XapiFailure.AnswerLost.class);
        await().atMost(LONG).until(() -> finished(pool, pool.vdis().destroy(image)) instanceof XapiTask.Succeeded);
        assertThat(actions()).endsWith(JournalAction.VDI_DESTROYED);
    }

    private static boolean isHalfWritten(XapiTask task) {
        return task instanceof XapiTask.Pending pending && pending.progress() >= 0.5;
    }

    @Test
    void hangsUpWhenItIsCancelled() {
        start(Scenario.pool("images"));
        var pool = open();
        var size = 64L << 20;
        var image = create(pool, shared(pool), "a", size);
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.UPLOAD_STALLS)
                        .lasting(Duration.ofSeconds((long) SPEED)));
        var task = pool.tasks().create("upload", "");
        var pieces = new Pieces(new byte[0], size, LONG);
        var sending = pool.importImage(image, task, pieces.content());
        await().atMost(LONG).until(() -> isHalfWritten(pool.tasks().observe(task)));

        sending.cancel(true);

        assertThat(finished(pool, task)).isInstanceOf(XapiTask.Failed.class);
        assertThat(pieces.given()).isLessThan(size);
        succeeded(pool, pool.vdis().destroy(image));
    }

    @Test
    void endsWhenTheContentFails() {
        start(Scenario.pool("images"));
        var pool = open();
        var image = create(pool, "a");
        var pieces = update();
        pieces.failAfter(SIZE / 2);

        assertThat(sendInVain(pool, image, pieces)).hasMessageContaining("sender left");
    }

    /** Content that counts what it gave. */
    private static final class Pieces implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
        private static final int PIECE = 60_000;

        private final byte[] head;
        private final long length;
        private final Duration standstill;
        private final AtomicLong given = new AtomicLong();
        private volatile long last = Long.MAX_VALUE;
        private long wanted;
        private boolean giving;
        private Flow.Subscriber<? super ByteBuffer> reader = new Nobody();

        Pieces(byte[] bytes) {
            this(bytes, bytes.length, LONG);
        }

        Pieces(byte[] head, long length, Duration standstill) {
            this.head = head;
            this.length = length;
            this.standstill = standstill;
        }

        ImageContent content() {
            return new ImageContent(length, this, standstill);
        }

        long given() {
            return given.get();
        }

        void failAfter(long bytes) {
            last = bytes;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            reader = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long pieces) {
            wanted += pieces;
            if (!giving) {
                giving = true;
                for (; wanted > 0 && given.get() < length && last > given.get(); wanted--) {
                    give();
                }
                giving = false;
                end();
            }
        }

        private void give() {
            var from = given.get();
            var size = (int) Math.min(PIECE, length - from);
            var start = (int) Math.min(from, head.length);
            given.addAndGet(size);
            var bytes = Arrays.copyOfRange(head, start, Math.min(head.length, start + size));
            reader.onNext(ByteBuffer.wrap(Arrays.copyOf(bytes, size)));
        }

        private void end() {
            if (given.get() == length) {
                reader.onComplete();
            } else if (given.get() >= last) {
                reader.onError(new IllegalStateException("sender left"));
            }
        }

        @Override
        public void cancel() {
            last = 0;
        }

        private static final class Nobody implements Flow.Subscriber<ByteBuffer> {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {}

            @Override
            public void onNext(ByteBuffer piece) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        }
    }
}

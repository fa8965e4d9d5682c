package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xapi.XapiFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a pool's work, good or bad: first what the job changed for its time is taken back (R35), then the outcome is written. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private Ending() {}

    /** Every host has ended. */
    static Tick begin(Slice slice) {
        PoolUpdate pool =
                slice.pool().fixing(KeptFixes.withoutPlanned(slice.pool().fixes()));
        Failure why = failure(pool);
        PoolUpdateState end = why != null
                ? PoolUpdateState.FAILED
                : pool.state() == PoolUpdateState.CANCELLING ? PoolUpdateState.CANCELLED : PoolUpdateState.SUCCEEDED;
        if (pool.fixes().stream().noneMatch(FixReverting::isOpen)) {
            slice.save(pool);
            return end(slice, end, why);
        }
        slice.save(pool.reverting(end, why, slice.time()), slice.poolEvent("pool-update.reverting", Map.of()));
        return Tick.at(slice.time());
    }

    /** One slice of taking back. */
    static Tick slice(Slice slice) {
        try {
            return FixReverting.slice(slice, fix -> true, FixState.NOT_REVERTED).orElseGet(() -> end(slice));
        } catch (XapiFailure silent) {
            if (slice.time().isBefore(silentUntil(slice))) {
                throw silent;
            }
            slice.save(
                    slice.pool().fixing(KeptFixes.givenUp(slice.pool().fixes(), String.valueOf(silent.getMessage()))));
            return end(slice);
        }
    }

    /** A pool that is gone for good does not keep its job for ever. */
    private static Instant silentUntil(Slice slice) {
        Instant since = Objects.requireNonNull(slice.pool().revertingSince());
        JobSettings settings = slice.settings();
        return since.plus(settings.poolAnswers()).plus(settings.suspendVm());
    }

    private static Tick end(Slice slice) {
        PoolUpdateState end = slice.pool().endsAs();
        return end(
                slice, end == null ? PoolUpdateState.FAILED : end, slice.pool().failure());
    }

    private static @Nullable Failure failure(PoolUpdate pool) {
        return Rolling.failed(pool)
                .map(HostUpdate::failure)
                .or(() -> pool.hosts().stream()
                        .flatMap(host -> Optional.ofNullable(host.failure()).stream())
                        .filter(failed -> failed.code().equals(Reasons.UPDATES_CHANGED))
                        .findFirst())
                .orElse(null);
    }

    private static Tick end(Slice slice, PoolUpdateState wanted, @Nullable Failure known) {
        Failure why = withWhatStands(slice.pool(), known);
        if (wanted == PoolUpdateState.WAITING && why == null) {
            return Closing.release(slice);
        }
        PoolUpdateState end = why == null ? wanted : PoolUpdateState.FAILED;
        if (end == PoolUpdateState.SUCCEEDED) {
            ImageCleaning.clean(slice);
        }
        PoolUpdate ending = why == null ? slice.pool() : slice.pool().leavingOut(why, slice.time());
        slice.save(ending.ended(end, why, slice.time()), event(slice, end, why));
        logWhatStands(slice.pool());
        return Tick.ENDED;
    }

    /** Whoever reads only the log must know that a pool is not as it was. */
    private static void logWhatStands(PoolUpdate pool) {
        pool.fixes().stream()
                .filter(fix -> fix.state() == FixState.NOT_REVERTED && fix.failure() != null)
                .forEach(fix -> LOG.warn(
                        "Update job {} left pool {} changed: {}",
                        pool.job(),
                        pool.poolName(),
                        Objects.requireNonNull(fix.failure()).detail()));
    }

    /** R34: what could not be taken back is named by the job's failure, whatever else failed. */
    private static @Nullable Failure withWhatStands(PoolUpdate pool, @Nullable Failure known) {
        List<Failure> standing = pool.fixes().stream()
                .filter(fix ->
                        fix.state() == FixState.NOT_REVERTED && fix.recorded().matters())
                .flatMap(fix -> Optional.ofNullable(fix.failure()).stream())
                .toList();
        if (standing.isEmpty()) {
            return known;
        }
        String all = Stream.concat(Stream.ofNullable(known), standing.stream())
                .map(Failure::detail)
                .collect(Collectors.joining(" "));
        Failure first = known == null ? standing.get(0) : known;
        return new Failure(first.code(), all, first.xapiError());
    }

    private static NewEvent event(Slice slice, PoolUpdateState end, @Nullable Failure why) {
        if (end != PoolUpdateState.FAILED) {
            return slice.poolEvent(
                    end == PoolUpdateState.CANCELLED ? "pool-update.cancelled" : "pool-update.succeeded", Map.of());
        }
        return slice.poolEvent(
                "pool-update.failed",
                Rolling.failed(slice.pool())
                        .map(host -> Map.<String, Object>of("host", host.name()))
                        .orElseGet(() -> Map.of("code", why == null ? "" : why.code())));
    }
}

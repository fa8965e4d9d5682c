package io.xenpatch.updates;

import io.xenpatch.caller.Caller;
import io.xenpatch.xapi.XapiFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks after uploads from their beginning: ends those whose instance died, and has removed what is left of those that failed. */
@Component
class UploadWatch {
    private static final Logger LOG = LoggerFactory.getLogger(UploadWatch.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration UNREACHABLE = Duration.ofSeconds(15);
    /** Longer than an idempotency key is remembered. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final UploadStore store;
    private final UploadLedger ledger;
    private final UploadCleaning cleaning;
    private final InstantSource time;

    UploadWatch(UploadStore store, UploadLedger ledger, UploadCleaning cleaning, InstantSource time) {
        this.store = store;
        this.ledger = ledger;
        this.cleaning = cleaning;
        this.time = time;
    }

    /** @return when to look again; empty when there is nothing left to look after */
    Optional<Instant> look(UUID id) {
        var found = store.find(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var upload = found.get();
        if (upload.state() == UploadState.RUNNING) {
            if (!ledger.abandon(upload)) {
                return Optional.of(later(upload.aliveUntil()));
            }
            LOG.warn(
                    "Upload {} into pool {} was left by its instance, which must have died; its image gets removed",
                    id,
                    upload.pool());
            return Optional.of(time.instant());
        }
        return upload.cleared() ? kept(upload) : clean(upload);
    }

    /** An instance that lives has moved it on by then. */
    private Instant later(Instant aliveUntil) {
        var soon = time.instant().plus(SOON);
        return aliveUntil.isAfter(soon) ? aliveUntil : soon;
    }

    private Optional<Instant> kept(Upload upload) {
        var end = Objects.requireNonNullElse(upload.endedAt(), Instant.EPOCH).plus(KEPT);
        if (time.instant().isBefore(end)) {
            return Optional.of(end);
        }
        store.forget(upload.id());
        return Optional.empty();
    }

    private Optional<Instant> clean(Upload upload) {
        try {
            var seen = cleaning.clean(upload, time.instant());
            if (seen.introduced().isPresent()) {
                ledger.succeed(Caller.system(), upload, seen.introduced().get(), false);
            } else if (seen.isGone()) {
                store.clear(upload.id());
            }
            return Optional.of(time.instant().plus(SOON));
        } catch (XapiFailure failure) {
            LOG.warn(
                    "The image of upload {} in pool {} can't be removed yet ({}); the next try is in {}. By hand: the VDI whose"
                            + " other_config says {}={}",
                    upload.id(),
                    upload.pool(),
                    failure.getMessage(),
                    UNREACHABLE,
                    Upload.MARK,
                    upload.id());
            return Optional.of(time.instant().plus(UNREACHABLE));
        }
    }
}

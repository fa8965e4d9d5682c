package io.xenpatch.http;

import io.xenpatch.caller.Caller;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Makes a request that a client repeats with the same {@code Idempotency-Key} happen once. */
@Component
public class IdempotencyKeys {
    /** How long a key is remembered. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final int LONGEST_KEY = 255;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource time;

    IdempotencyKeys(JdbcClient jdbc, JsonMapper json, InstantSource time) {
        this.jdbc = jdbc;
        this.json = json;
        this.time = time;
    }

    /**
     * Creates something, or names what the same request created before. Runs in the caller's transaction or in one of its own;
     * a second request with the same key waits until the first has committed or rolled back.
     *
     * @param operation which call, for example {@code POST /update-jobs}
     * @param key the {@code Idempotency-Key} header; null = always create
     * @param request the body as the controller got it
     * @param create creates it and returns its reference, for example its id
     * @throws ProblemException {@code idempotency-key-reused} when the key came with another body before
     */
    @Transactional
    public Once once(Caller caller, String operation, @Nullable String key, Object request, Supplier<String> create) {
        if (key == null) {
            return new Once(create.get(), false);
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The Idempotency-Key must have 1 to " + LONGEST_KEY + " characters.");
        }
        var hash = hash(request);
        if (claim(caller, operation, key, hash)) {
            var reference = create.get();
            ofKey("update idempotency_key set reference = :reference", caller, operation, key)
                    .param("reference", reference)
                    .update();
            return new Once(reference, false);
        }
        return stored(caller, operation, key, hash);
    }

    /**
     * Forgets the key of a request that came to nothing after all, so that it can be repeated with the same key.
     *
     * @param operation as in {@link #once}
     * @param reference what {@code create} returned
     */
    @Transactional
    public void release(String operation, String reference) {
        jdbc.sql("delete from idempotency_key where operation = :operation and reference = :reference")
                .param("operation", operation)
                .param("reference", reference)
                .update();
    }

    private boolean claim(Caller caller, String operation, String key, String hash) {
        var now = time.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("delete from idempotency_key where created_at < :expired")
                .param("expired", now.minus(KEPT))
                .update();
        return jdbc.sql("""
                        insert into idempotency_key (caller, operation, key, body_hash, created_at)
                        values (:caller, :operation, :key, :hash, :now) on conflict do nothing""")
                        .param("caller", caller.name())
                        .param("operation", operation)
                        .param("key", key)
                        .param("hash", hash)
                        .param("now", now)
                        .update()
                == 1;
    }

    private Once stored(Caller caller, String operation, String key, String hash) {
        var row = ofKey("select body_hash, reference from idempotency_key", caller, operation, key)
                .query(Stored.class)
                .single();
        if (!row.bodyHash().equals(hash)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another body in the last 24 hours. Use a new key for a new request.");
        }
        return new Once(row.reference(), true);
    }

    private JdbcClient.StatementSpec ofKey(String start, Caller caller, String operation, String key) {
        return jdbc.sql(start + " where caller = :caller and operation = :operation and key = :key")
                .param("caller", caller.name())
                .param("operation", operation)
                .param("key", key);
    }

    private String hash(Object request) {
        try {
            var bytes = json.writeValueAsString(request).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }

    /**
     * What the request led to.
     *
     * @param reference what {@code create} returned, now or then
     * @param repeated whether it was created before
     */
    public record Once(String reference, boolean repeated) {}

    private record Stored(String bodyHash, String reference) {}
}

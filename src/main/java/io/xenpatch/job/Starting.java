package io.xenpatch.job;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.IdempotencyKeys;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The transactions in which jobs begin and are asked to end, and the alarms that go with them. */
@Component
class Starting {
    private final IdempotencyKeys keys;
    private final Alarm alarm;
    private final InstantSource clock;
    private final TransactionTemplate transaction;

    Starting(IdempotencyKeys keys, Alarm alarm, InstantSource clock, TransactionTemplate transaction) {
        this.keys = keys;
        this.alarm = alarm;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** @return the id of the job, new or of before */
    String once(Caller caller, String operation, @Nullable String key, Object request, Supplier<NewJob> create) {
        IdempotencyKeys.Once once = keys.once(caller, operation, key, request, () -> {
            NewJob job = create.get();
            job.pools().forEach(pool -> alarm.set(pool.id()));
            return job.id().toString();
        });
        alarm.nudgeAt(clock.instant());
        return once.reference();
    }

    void ask(Supplier<List<PoolUpdateId>> request) {
        List<PoolUpdateId> asked = transaction.execute(status -> request.get());
        asked.forEach(alarm::wake);
    }
}

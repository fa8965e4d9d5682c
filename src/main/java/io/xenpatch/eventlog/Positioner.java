package io.xenpatch.eventlog;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives committed events their positions, when woken and at the latest every 100 ms. One instance at a time does it. */
@Component
class Positioner extends BackgroundLoop {
    private static final int BATCH = 1_000;
    private static final long LATEST_MS = 100;

    private final EventRows rows;
    private final TransactionTemplate transaction;
    private final Semaphore wakeUps = new Semaphore(0);

    Positioner(EventRows rows, PlatformTransactionManager transactions) {
        super("event-positioner");
        this.rows = rows;
        this.transaction = new TransactionTemplate(transactions);
    }

    void wake() {
        wakeUps.release();
    }

    @Override
    void round() throws InterruptedException {
        if (wakeUps.tryAcquire(LATEST_MS, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
        while (rows.hasUnpositioned() && positionBatch() == BATCH) {
            // the next batch is waiting
        }
    }

    private int positionBatch() {
        Integer positioned = transaction.execute(status -> rows.position(BATCH));
        return positioned == null ? 0 : positioned;
    }
}

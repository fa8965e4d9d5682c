package io.xenpatch.demo;

import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes who waits for news whenever the event stream brings some. A broken stream costs nothing but promptness. */
final class WakeUps implements Flow.Subscriber<String> {
    private final Semaphore news = new Semaphore(0);

    /** Returns when something happened since the last call, or after this time at the latest. */
    void await(long millis) throws InterruptedException {
        if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith("data:")) {
            news.release();
        }
    }

    @Override
    public void onError(Throwable broken) {
        news.release();
    }

    @Override
    public void onComplete() {
        news.release();
    }
}

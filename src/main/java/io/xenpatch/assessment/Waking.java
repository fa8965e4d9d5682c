package io.xenpatch.assessment;

import io.xenpatch.http.Waiting;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Lets the requests that wait for an assessment look at it when it has ended. */
@Component
class Waking {

    private final Waiting waiting;

    Waking(Waiting waiting) {
        this.waiting = waiting;
    }

    @TransactionalEventListener
    void completed(AssessmentCompleted event) {
        waiting.wake(event.assessment());
    }
}

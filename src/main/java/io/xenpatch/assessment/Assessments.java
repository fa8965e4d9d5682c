package io.xenpatch.assessment;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Assessments: asked for, worked on in the background, kept. They change nothing on a pool. */
@Service
public class Assessments {

    private final UpdateRequests requests;
    private final AssessmentStore store;
    private final Journal journal;
    private final ObjectProvider<Scheduler> scheduler;
    private final TransactionTemplate transaction;
    private final AssessmentProperties properties;

    Assessments(
            UpdateRequests requests,
            AssessmentStore store,
            Journal journal,
            ObjectProvider<Scheduler> scheduler,
            TransactionTemplate transaction,
            AssessmentProperties properties) {
        this.requests = requests;
        this.store = store;
        this.journal = journal;
        this.scheduler = scheduler;
        this.transaction = transaction;
        this.properties = properties;
    }

    /**
     * Begins an assessment; the pools are asked in the background, all at the same time.
     *
     * @throws ProblemException as {@link UpdateRequests#check}
     */
    public Assessment start(Caller caller, UpdateRequest request) {
        ChosenUpdate chosen = requests.check(caller, request);
        UUID id = UUID.randomUUID();
        Instant now = journal.now();
        transaction.executeWithoutResult(status -> {
            store.insert(id, now, caller, request, chosen);
            journal.created(caller, id, chosen, now);
            for (TargetPool target : chosen.targets()) {
                AssessmentTask.schedule(scheduler.getObject(), id, target.pool(), now);
            }
        });
        Nudge.after(Duration.ZERO, scheduler);
        return get(caller, id);
    }

    /** @throws ProblemException {@code assessment-not-found} when it is not kept or out of the caller's scope */
    public Assessment get(Caller caller, UUID id) {
        return store.find(caller, id)
                .map(row -> row.with(store.reports(id), journal.now(), properties.expireAfter()))
                .orElseThrow(() ->
                        new ProblemException(ProblemType.ASSESSMENT_NOT_FOUND, "There is no assessment " + id + "."));
    }

    /** The newest first. */
    public Page<Assessment> list(Caller caller, PageRequest page) {
        Long before = page.after().map(cursor -> cursor.longAt(0)).orElse(null);
        List<Assessment> found = store.list(caller, before, page.rowsToRead()).stream()
                .map(row -> row.with(store.reports(row.id()), journal.now(), properties.expireAfter()))
                .toList();
        return Page.of(found, page, assessment -> Cursor.of(assessment.number()));
    }
}

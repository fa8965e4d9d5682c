package io.xenpatch.assessment;

import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.pool.Pools;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether the pools of a request know its update. The pool itself is asked: its inventory may lag behind an upload. */
@Component
class KnownUpdates {

    private static final Logger LOG = LoggerFactory.getLogger(KnownUpdates.class);

    private final Pools pools;

    KnownUpdates(Pools pools) {
        this.pools = pools;
    }

    /**
     * A pool that can't be asked passes: that is for the assessment to report.
     *
     * @throws ProblemException {@code update-not-found}
     */
    void require(TargetPool target, UpdateUuid update) {
        boolean known;
        try {
            known = pools.connection(target.pool())
                    .pool()
                    .observe()
                    .update(update)
                    .isPresent();
        } catch (XapiFailure failure) {
            LOG.info("Pool {} can't be asked for its updates: {}", target.pool(), failure.getMessage());
            return;
        }
        if (!known) {
            throw new ProblemException(
                    ProblemType.UPDATE_NOT_FOUND,
                    "Pool " + target.name() + " does not know update " + update + ". Upload it first.",
                    List.of(),
                    Map.of("poolUuid", target.pool().value(), "updateUuid", update.value()));
        }
    }
}

package io.xenpatch.assessment;

import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.pool.InventoryItem;
import io.xenpatch.pool.InventoryReading;
import io.xenpatch.pool.Pools;
import io.xenpatch.pool.UpdateFacts;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether the pools of a request know its update. The inventory knows it nearly always; the pool itself is asked before anybody
 * is told that there is no such update, because the inventory may lag behind an upload.
 */
@Component
class KnownUpdates {

    private static final Logger LOG = LoggerFactory.getLogger(KnownUpdates.class);

    private final Pools pools;
    private final InventoryReading inventory;

    KnownUpdates(Pools pools, InventoryReading inventory) {
        this.pools = pools;
        this.inventory = inventory;
    }

    /**
     * A pool that can't be asked passes: that is for the assessment to report.
     *
     * @throws ProblemException {@code update-not-found}
     */
    void require(Caller caller, TargetPool target, UpdateUuid update) {
        if (isInInventory(caller, target, update)) {
            return;
        }
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

    private boolean isInInventory(Caller caller, TargetPool target, UpdateUuid update) {
        Optional<Cursor> after = Optional.empty();
        do {
            Page<InventoryItem<UpdateFacts>> page =
                    inventory.updatesOf(caller, target.pool(), new PageRequest(PageRequest.MAX_LIMIT, after));
            if (page.items().stream().anyMatch(item -> item.uuid().equals(update.value()))) {
                return true;
            }
            after = Optional.ofNullable(page.nextCursor()).map(Cursor::parse);
        } while (after.isPresent());
        return false;
    }
}

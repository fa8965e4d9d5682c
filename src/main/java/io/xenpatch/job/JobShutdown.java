package io.xenpatch.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The end of this instance, in good order: it claims nothing any more, slices that run come to their end and give their leases back, and what is
 * unfinished is logged. Others go on at once; there is nothing to hand over, because everything is in the database.
 */
@Component
class JobShutdown implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobShutdown.class);

    private static final Duration LONGEST_SLICE = Duration.ofSeconds(10);

    private final Turn turn;
    private final JobStore store;
    private final ObjectProvider<Scheduler> scheduler;
    private volatile boolean running;

    JobShutdown(Turn turn, JobStore store, ObjectProvider<Scheduler> scheduler) {
        this.turn = turn;
        this.store = store;
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.ifAvailable(Scheduler::pause);
        if (!turn.stop(LONGEST_SLICE)) {
            LOG.warn("A slice of a pool update has not ended yet; its lease ends by itself");
        }
        try {
            List<PoolUpdateId> left = store.unfinished();
            if (!left.isEmpty()) {
                List<PoolUpdate> told = left.stream()
                        .limit(UnfinishedWork.MOST_POOLS)
                        .map(store::poolUpdate)
                        .flatMap(Optional::stream)
                        .toList();
                LOG.info("{}", UnfinishedWork.tree(left.size(), told));
            }
        } catch (RuntimeException e) {
            LOG.warn("What is unfinished can't be told, because the database does not answer: {}", e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After what needs the scheduler to stop (uploads), and before the web server stops answering. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 512;
    }
}

package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.StepType;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfinishedWorkTests {

    @Test
    void tellsJobsTheirPoolsAndWhatTheirHostsWaitForInAFewLines() {
        NewJob job = JobSamples.job(JobSamples.newPool(), JobSamples.newPool());
        PoolUpdate waiting = job.pools().get(1);
        HostUpdate host = JobSamples.begun(JobSamples.pending(0), StepType.REBOOT);
        HostUpdate rebooting = host.with(host.steps()
                .get(0)
                .began(JobSamples.NOW)
                .waitingFor(new Waiting(
                        "host lab-1 to come back", JobSamples.NOW, JobSamples.NOW.plusSeconds(1800), JobSamples.NOW)));
        PoolUpdate running = job.pools().get(0).begun(JobSamples.NOW, null).running(List.of(), List.of(rebooting));

        assertThat(UnfinishedWork.tree(3, List.of(running, waiting)))
                .isEqualTo("""
                        3 pool update(s) are unfinished; another instance goes on with them now, else this one at its next start:
                          job %s
                            pool pool-0: RUNNING
                              host %s: REBOOT, waits for host lab-1 to come back since %s until %s
                            pool pool-1: WAITING
                          and 1 more""".formatted(job.id(), host.name(), JobSamples.NOW, JobSamples.NOW.plusSeconds(1800)));
    }
}

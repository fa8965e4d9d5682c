package io.xenpatch.xapi;

import io.xenpatch.xen.ApplyWarnings;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.XapiTaskRef;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Updates from repositories: XenServer 8 and later (xapi.md §7). */
public interface RepositoryCalls {

    /**
     * Lets the pool fetch what its repositories have. Its task takes minutes and can't be cancelled; one host that does not answer makes
     * it fail.
     *
     * @param force throw away what was fetched before, to fetch all of it again
     */
    @XapiCall(value = "pool.sync_updates", effect = Effect.IDEMPOTENT)
    XapiTaskRef synchronise(boolean force);

    /**
     * What the pool has for its hosts, as it was synchronised last. Not awaited here: a coordinator that has just started asks every host
     * before it answers, and it waits while a host is updated. Ends within {@code xenpatch.xapi.updates-timeout}.
     *
     * @return completes exceptionally with {@link XapiFailure}: {@link XapiFailure.Refused} with {@code NO_REPOSITORY_ENABLED}
     *     and the like, or with {@code GET_UPDATES_FAILED} where the server has no list and does not say why
     */
    @XapiCall(value = "GET /updates", effect = Effect.READ)
    CompletableFuture<RepositoryUpdates> updates();

    /**
     * The same for those who come back to look: starts one request, or joins the one that is on its way. Never waits. Whoever finds the
     * answer takes it, so that the next one who asks asks anew; one that nobody took for ten seconds is thrown away.
     *
     * @return empty until the pool has answered
     * @throws XapiFailure what {@link #updates} completes with
     */
    @XapiCall(value = "GET /updates", effect = Effect.READ)
    Optional<RepositoryUpdates> pollUpdates();

    /**
     * Installs all that the synchronised repository has for the host. The host stays disabled (R14); {@link #warnings} reads the answer
     * of the finished task.
     *
     * @param hash {@link RepositoryUpdates#hash}: the state of the repository that was decided on (R15)
     */
    @XapiCall(value = "host.apply_updates", effect = Effect.ONCE)
    XapiTaskRef apply(HostUuid host, String hash);

    /**
     * The answer to {@link #apply}.
     *
     * @throws XapiFailure.AnswerLost when it is none
     */
    default ApplyWarnings warnings(XapiTask.Succeeded answer) {
        return ApplyAnswer.read(answer.lists());
    }
}

package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.util.Map;

/** What other rooms may know of registered pools. */
public interface Pools {

    /** @throws io.xenpatch.problem.ProblemException {@code pool-not-found} when it is not registered or out of the caller's scope */
    PoolName get(Caller caller, PoolUuid pool);

    /** The pool that a host is known to belong to. @throws io.xenpatch.problem.ProblemException {@code host-not-found} */
    PoolUuid poolOf(Caller caller, HostUuid host);

    /**
     * The connection to a registered pool, the same for every call of this process; not to be closed.
     *
     * @throws io.xenpatch.problem.ProblemException {@code pool-not-found} when it is not registered
     */
    XapiPool connection(PoolUuid pool);

    /** A registered pool in brief. */
    record PoolName(PoolUuid uuid, String name, Map<String, String> labels) {

        public PoolName {
            labels = Map.copyOf(labels);
        }
    }
}

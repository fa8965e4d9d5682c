package io.xenpatch.xapi;

/** Opens pools. One for the process. */
public interface XapiConnections {

    /**
     * A pool that is talked to with this access. Nothing is sent yet: the first call logs in, and every call renews the session
     * when the pool has forgotten it ({@code SESSION_INVALID}) and follows the coordinator ({@code HOST_IS_SLAVE}, R38).
     *
     * @throws IllegalArgumentException for an endpoint without TLS unless {@link XapiProperties#allowPlainHttp}
     */
    XapiPool open(PoolAccess access);
}

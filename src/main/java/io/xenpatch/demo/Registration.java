package io.xenpatch.demo;

import io.xenpatch.simulator.PoolDescription;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes the simulated pools known to the service, and known again after a restart. */
final class Registration {
    private static final int NOT_FOUND = 404;
    private static final int TRIES = 3;
    private static final int LOST_RACE = 412;

    private final Api api;
    private final Screen screen;

    Registration(Api api, Screen screen) {
        this.api = api;
        this.screen = screen;
    }

    /** Registers a pool, or confirms its new address and certificate. */
    void register(PoolDescription pool) {
        for (int attempt = 1; ; attempt++) {
            try {
                registerOrConfirm(pool);
                return;
            } catch (Api.Refused e) {
                if (e.status() != LOST_RACE || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void registerOrConfirm(PoolDescription pool) {
        Api.Reply known;
        try {
            known = api.get("/pools/" + pool.poolUuid());
        } catch (Api.Refused e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            create(pool);
            return;
        }
        confirm(pool, known);
    }

    private void create(PoolDescription pool) {
        var created = api.post(
                        "/pools",
                        Api.object(Map.of(
                                "address",
                                pool.address(),
                                "username",
                                pool.username(),
                                "password",
                                pool.password(),
                                "tlsFingerprint",
                                pool.tlsFingerprint(),
                                "labels",
                                Map.of("demo", pool.name()))))
                .body();
        screen.timed("Registered " + pool.name() + " at " + pool.address() + ": " + product(created));
    }

    private void confirm(PoolDescription pool, Api.Reply known) {
        api.patch(
                "/pools/" + pool.poolUuid(),
                Api.object(Map.of("address", pool.address(), "tlsFingerprint", pool.tlsFingerprint())),
                "If-Match",
                known.etag());
        screen.timed("Confirmed that " + pool.name() + " is now at " + pool.address() + " with the certificate "
                + pool.tlsFingerprint().substring(0, 16) + "...");
    }

    private static String product(JsonNode pool) {
        return Json.text(pool, "product") + " " + Json.text(pool, "version") + ", " + Json.number(pool, "hostCount")
                + (Json.number(pool, "hostCount") == 1 ? " host" : " hosts");
    }
}

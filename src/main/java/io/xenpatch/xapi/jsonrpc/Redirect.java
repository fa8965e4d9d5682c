package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.XapiFailure;
import java.util.Optional;

/** How a supporter says where its coordinator is (xapi.md §2.1). */
final class Redirect {
    static final String CODE = "HOST_IS_SLAVE";

    private Redirect() {}

    /** Where the host that answered this sends us to; empty when it does not say. */
    static Optional<Endpoint> from(Endpoint supporter, XapiFailure.Refused refused) {
        return CODE.equals(refused.code())
                ? refused.parameters().stream()
                        .findFirst()
                        .filter(address -> !address.isBlank())
                        .map(supporter::at)
                : Optional.empty();
    }
}

package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.XapiFailure;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a server says to a request by HTTP that is no message: in pages for people, and in heads (xapi.md §2.3). */
final class HandlerPage {
    private static final Pattern API_ERROR = Pattern.compile("([A-Z][A-Z0-9_]+): \\[ ?(.*?) \\]");

    private HandlerPage() {}

    /** The API error that a page names. */
    static Optional<XapiFailure.Refused> apiError(String page) {
        var error = API_ERROR.matcher(page);
        return error.find()
                ? Optional.of(new XapiFailure.Refused(error.group(1), parameters(error.group(2))))
                : Optional.empty();
    }

    private static List<String> parameters(String listed) {
        return listed.isBlank() ? List.of() : List.of(listed.split("; ", -1));
    }

    /** Only the host of a redirect counts: the rest is ours, and its port is the pool's. */
    static Optional<String> host(String location) {
        try {
            return Optional.ofNullable(URI.create(location).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

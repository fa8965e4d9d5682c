package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.model.ApiFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses a repository may have (xapi.md §7.1). */
public final class RepositoryUrl {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern REMOTE_POOL =
            Pattern.compile("https://(" + OCTET + "\\.){3}" + OCTET + "/repository/enabled");

    private RepositoryUrl() {}

    /**
     * Refuses an address that is neither {@code http} nor {@code https}, or whose host is not in an allowed domain.
     *
     * @param domains allowed domains; all if there are none
     * @throws ApiFailure {@code INVALID_REPOSITORY_DOMAIN_ALLOWLIST} with what is no domain, or {@code INVALID_BASE_URL}
     */
    public static void check(String url, List<String> domains) {
        var wrong = domains.stream()
                .filter(domain -> host("http://" + domain) == null && !looksLikeAddress(domain))
                .toList();
        if (!wrong.isEmpty()) {
            throw new ApiFailure("INVALID_REPOSITORY_DOMAIN_ALLOWLIST", wrong);
        }
        var host = host(url);
        if (host == null || !isAllowed(host, domains)) {
            throw ApiFailure.of("INVALID_BASE_URL", url);
        }
    }

    /**
     * Refuses an address that is not exactly where a pool of that IPv4 address offers what it uses.
     *
     * @throws ApiFailure {@code INVALID_BASE_URL}
     */
    public static void checkRemotePool(String url) {
        if (!REMOTE_POOL.matcher(url).matches()) {
            throw ApiFailure.of("INVALID_BASE_URL", url);
        }
    }

    /** The host of an address; null if it isn't one of the web. */
    private static @Nullable String host(String url) {
        try {
            var uri = new URI(url);
            return uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) ? uri.getHost() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** XAPI takes {@code 192.168.0.256} for a domain, but for no host. */
    private static boolean looksLikeAddress(String domain) {
        return domain.matches("\\d+(\\.\\d+){3}");
    }

    private static boolean isAllowed(String host, List<String> domains) {
        return domains.isEmpty() || domains.stream().anyMatch(domain -> isIn(host, domain));
    }

    private static boolean isIn(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /**
     * Refuses an address in which one of these regular expressions is found.
     *
     * @throws ApiFailure {@code BLOCKED_REPO_URL}
     */
    public static void checkNotBlocked(String url, List<String> blocked) {
        if (blocked.stream().anyMatch(each -> Pattern.compile(each).matcher(url).find())) {
            throw ApiFailure.of("BLOCKED_REPO_URL", url);
        }
    }
}

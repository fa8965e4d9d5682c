package io.xenpatch.pool;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.xapi.Endpoint;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the address of a pool as people write it: {@code host}, {@code host:port}, {@code https://host:port}. */
final class Address {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int LONGEST = 255;
    private static final Pattern FORM = Pattern.compile("(?:(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?"
            + "(?:\\[(?<v6>[0-9a-fA-F:.]+)]|(?<name>[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?\\.?))"
            + "(?::(?<port>[0-9]{1,5}))?/?");
    private static final Pattern BARE_V6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private Address() {}

    /**
     * @param plainHttp whether {@code http://} is allowed ({@code xenpatch.xapi.allow-plain-http})
     * @throws ProblemException {@code validation-failed} naming {@code /address}
     */
    static Endpoint parse(String text, boolean plainHttp) {
        String address = text.strip();
        String form = BARE_V6.matcher(address).matches() ? "[" + address + "]" : address;
        Matcher parts = FORM.matcher(form);
        if (form.length() > LONGEST || !parts.matches()) {
            throw invalid(
                    "must be a host name or IP address, with a port if it is not 443, such as xen1.example.org:443");
        }

        boolean tls = isTls(parts.group("scheme"), plainHttp);
        String host = parts.group("v6") != null ? parts.group("v6") : parts.group("name");
        String port = parts.group("port");
        return new Endpoint(host.toLowerCase(Locale.ROOT), port == null ? (tls ? HTTPS : HTTP) : port(port), tls);
    }

    /** How the address is shown: {@code host:port}, or with {@code http://} where there is no TLS. */
    static String show(Endpoint endpoint) {
        return endpoint.tls() ? endpoint.toString() : "http://" + endpoint;
    }

    @SuppressWarnings("NullAway") // an absent group is null, and that is the usual case here
    private static boolean isTls(String scheme, boolean plainHttp) {
        if (scheme == null || scheme.equalsIgnoreCase("https")) {
            return true;
        }
        if (!scheme.equalsIgnoreCase("http")) {
            throw invalid("must begin with https:// or with the host");
        }
        if (!plainHttp) {
            throw invalid("plain http:// is refused: credentials would travel unencrypted"
                    + " (xenpatch.xapi.allow-plain-http=true allows it)");
        }
        return false;
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw invalid("the port must be between 1 and 65535");
        }
        return port;
    }

    private static ProblemException invalid(String message) {
        return ProblemException.invalid("/address", message);
    }
}

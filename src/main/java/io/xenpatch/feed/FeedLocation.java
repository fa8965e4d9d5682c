package io.xenpatch.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the feed is.
 *
 * @param file null when it is on the web
 * @param address null when it is a file
 */
record FeedLocation(@Nullable Path file, @Nullable URI address) {

    /** @return empty when the text names no place that may be used */
    static Optional<FeedLocation> of(String text, boolean plainHttp) {
        try {
            var scheme = schemeOf(text);
            return switch (scheme) {
                case "" -> Optional.of(new FeedLocation(Path.of(text.strip()), null));
                case "file" -> Optional.of(new FeedLocation(Path.of(new URI(text.strip())), null));
                case "https" -> web(new URI(text.strip()));
                case "http" -> plainHttp ? web(new URI(text.strip())) : Optional.empty();
                default -> Optional.empty();
            };
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a text begins with before the colon; a single letter is a drive. */
    private static String schemeOf(String text) {
        var colon = text.strip().indexOf(':');
        return colon > 1 ? text.strip().substring(0, colon).toLowerCase(Locale.ROOT) : "";
    }

    private static Optional<FeedLocation> web(URI address) {
        return address.getHost() == null || address.getRawUserInfo() != null
                ? Optional.empty()
                : Optional.of(new FeedLocation(null, address));
    }

    <T> T fold(Function<Path, T> onDisk, Function<URI, T> onTheWeb) {
        if (file != null) {
            return onDisk.apply(file);
        }
        if (address != null) {
            return onTheWeb.apply(address);
        }
        throw new IllegalStateException("a location is one or the other");
    }

    /** For people and logs: without query and fragment, which may hold a secret. */
    @Override
    public String toString() {
        return fold(Path::toString, web -> web.getScheme() + "://" + web.getRawAuthority() + web.getRawPath());
    }
}

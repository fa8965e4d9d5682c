package io.xenpatch.precheck;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error that a precheck script prints as XML between other words: {@code <error errorcode="…"><found>…</found>
 * <required>…</required></error>} (xencenter.md §4.4). Read with patterns, because the words around it are no XML.
 *
 * @param code never one of the UNKNOWN_ERROR codes, which would say nothing new
 */
record ErrorElement(String code, String found, String required) {

    private static final Pattern ELEMENT = Pattern.compile(
            "<error\\s+errorcode\\s*=\\s*[\"']([^\"']*)[\"'][^>]*?(?:/>|>(.*?)</error>)", Pattern.DOTALL);

    static Optional<ErrorElement> in(String text) {
        Matcher matcher = ELEMENT.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String code = matcher.group(1);
        String body = Optional.ofNullable(matcher.group(2)).orElse("");
        if (code.isEmpty() || code.endsWith("_UNKNOWN_ERROR")) {
            return Optional.empty();
        }
        String found = code.equals("LICENCE_RESTRICTION") ? child(body, "feature") : child(body, "found");
        return Optional.of(new ErrorElement(code, found, child(body, "required")));
    }

    /** In the order in which the server reports the same error by itself: the update's name first. */
    List<String> asParameters(String update) {
        return List.of(update, found, required);
    }

    private static String child(String body, String name) {
        Matcher matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                .matcher(body);
        return matcher.find()
                ? matcher.group(1)
                        .strip()
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&amp;", "&")
                : "";
    }
}

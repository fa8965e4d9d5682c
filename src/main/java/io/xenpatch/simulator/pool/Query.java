package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The little language of {@code get_all_records_where}: {@code field "x" = "y"}, and, or, not, true, false, parentheses. */
final class Query {
    private static final Pattern TOKEN = Pattern.compile("\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[()=]|[a-z]+)");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private Query(String text) {
        this.text = text;
        var matcher = TOKEN.matcher(text);
        var end = 0;
        while (matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank() || tokens.isEmpty()) {
            throw invalid();
        }
    }

    /** @throws ApiFailure INVALID_VALUE */
    static Predicate<Row> parse(String text) {
        var query = new Query(text);
        var parsed = query.either();
        if (query.at < query.tokens.size()) {
            throw query.invalid();
        }
        return parsed;
    }

    private ApiFailure invalid() {
        return ApiFailure.of("INVALID_VALUE", text, "Failure(\"lexing: empty token\")");
    }

    private boolean takes(String token) {
        var hit = at < tokens.size() && tokens.get(at).equals(token);
        at += hit ? 1 : 0;
        return hit;
    }

    private Predicate<Row> either() {
        var left = both();
        while (takes("or")) {
            left = left.or(both());
        }
        return left;
    }

    private Predicate<Row> both() {
        var left = single();
        while (takes("and")) {
            left = left.and(single());
        }
        return left;
    }

    private Predicate<Row> single() {
        if (takes("not")) {
            return single().negate();
        }
        if (takes("true")) {
            return row -> true;
        }
        if (takes("false")) {
            return row -> false;
        }
        if (takes("(")) {
            var inner = either();
            expect(")");
            return inner;
        }
        expect("field");
        var field = quoted();
        expect("=");
        var value = quoted();
        return row -> row.has(field) && row.value(field).toString().equals(value);
    }

    private void expect(String token) {
        if (!takes(token)) {
            throw invalid();
        }
    }

    private String quoted() {
        if (at >= tokens.size() || !tokens.get(at).startsWith("\"")) {
            throw invalid();
        }
        var token = tokens.get(at++);
        return token.substring(1, token.length() - 1).replace("\\\"", "\"");
    }
}

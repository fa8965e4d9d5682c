package io.xenpatch.http;

import java.util.Optional;

/**
 * Which page is wanted: {@code ?limit=} (1 … 200, default 50) and {@code ?cursor=}. A controller method takes it as a parameter
 * without any annotation; a wrong value is answered with {@code malformed-request} before the method is called.
 */
public record PageRequest(int limit, Optional<Cursor> after) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    /** The limit of the query: one more than shown tells whether there is a next page. */
    public int rowsToRead() {
        return limit + 1;
    }
}

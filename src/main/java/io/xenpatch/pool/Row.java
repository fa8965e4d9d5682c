package io.xenpatch.pool;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * A row of the inventory, ready to be written.
 *
 * @param extra what its table has besides: the host of a guest, the update status of a host; "" otherwise
 * @param more what its table has further: the pending tasks of a host, separated by commas; "" otherwise
 * @param document makes the JSON, for which nobody asks when the row is there already
 * @param digest of all of it: equal rows need not be written again
 */
record Row(UUID id, String name, String extra, String more, Supplier<String> document, Digest digest) {

    static Row of(UUID id, String name, String extra, String more, String document) {
        return of(id, name, extra, more, document, () -> document);
    }

    /** @param content tells as much as the document does, in any form */
    static Row of(UUID id, String name, String extra, String more, String content, Supplier<String> document) {
        return new Row(id, name, extra, more, document, Digest.of(String.join("\u0000", name, extra, more, content)));
    }
}

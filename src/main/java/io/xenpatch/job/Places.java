package io.xenpatch.job;

import io.xenpatch.http.Cursor;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import java.util.List;

/** Pages of what has a place in the order of a job's work; places stay while steps are added. */
final class Places {

    private Places() {}

    static <T> Page<T> page(List<Placed<T>> all, PageRequest page) {
        List<Placed<T>> wanted = all.stream()
                .filter(placed -> page.after().map(placed::isAfter).orElse(true))
                .limit(page.rowsToRead())
                .toList();
        return Page.of(wanted, page, placed -> Cursor.of(placed.pool(), placed.host(), placed.step()))
                .map(Placed::item);
    }

    /** Something at its place: the position of its pool, of its host in the pool, of its step in the host. */
    record Placed<T>(int pool, int host, int step, T item) {

        boolean isAfter(Cursor cursor) {
            if (pool != cursor.longAt(0)) {
                return pool > cursor.longAt(0);
            }
            return host != cursor.longAt(1) ? host > cursor.longAt(1) : step > cursor.longAt(2);
        }
    }
}

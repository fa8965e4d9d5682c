package io.xenpatch.xapi.jsonrpc;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of a pool by class and reference. Not thread-safe. */
final class PoolRecords {
    private final Map<RecordType<?>, RecordTable> tables = new HashMap<>();

    private RecordTable of(RecordType<?> type) {
        return tables.computeIfAbsent(type, each -> new RecordTable());
    }

    <T> PoolRecords putAll(RecordType<T> type, Map<String, T> more) {
        more.forEach((ref, record) -> of(type).put(Reference.of(ref), record));
        return this;
    }

    /** Keeps a record. @return whether anything that matters changed */
    boolean put(RecordType<?> type, String ref, Object record) {
        return !record.equals(of(type).put(Reference.of(ref), record));
    }

    /** Forgets a record. @return whether there was one */
    boolean remove(RecordType<?> type, String ref) {
        return of(type).remove(Reference.of(ref)) != null;
    }

    int count(RecordType<?> type) {
        return of(type).size();
    }

    <T> Optional<T> find(RecordType<T> type, @Nullable String ref) {
        return ref == null ? Optional.empty() : find(type, Reference.of(ref));
    }

    <T> Optional<T> find(RecordType<T> type, @Nullable Reference ref) {
        return ref == null
                ? Optional.empty()
                : Optional.ofNullable(of(type).get(ref)).map(type.type()::cast);
    }

    <T> Collection<T> all(RecordType<T> type) {
        return of(type).records().map(type.type()::cast).toList();
    }

    /** Reference → record. */
    <T> Map<String, T> byRef(RecordType<T> type) {
        var typed = new LinkedHashMap<String, T>();
        of(type).forEach((ref, record) -> typed.put(ref.toString(), type.type().cast(record)));
        return typed;
    }
}

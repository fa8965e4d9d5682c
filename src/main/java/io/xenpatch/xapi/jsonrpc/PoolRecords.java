package io.xenpatch.xapi.jsonrpc;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records of a pool by class and reference. Not thread-safe. */
final class PoolRecords {
    private final Map<RecordType<?>, RecordTable> tables = new HashMap<>();
    private final Map<RecordType<?>, ReferenceSet> counted = new HashMap<>();

    PoolRecords() {}

    /** @param counted classes of which only the references are kept */
    PoolRecords(Set<RecordType<?>> counted) {
        counted.forEach(type -> this.counted.put(type, new ReferenceSet()));
    }

    private RecordTable of(RecordType<?> type) {
        return tables.computeIfAbsent(type, each -> new RecordTable());
    }

    <T> PoolRecords putAll(RecordType<T> type, Map<String, T> more) {
        more.forEach((ref, record) -> of(type).put(Reference.of(ref), record));
        return this;
    }

    /** Keeps these and no others of their class. */
    <T> void replaceAll(RecordType<T> type, Map<String, T> all) {
        tables.remove(type);
        putAll(type, all);
    }

    /** Keeps a record. @return whether anything that matters changed */
    boolean put(RecordType<?> type, String ref, Object record) {
        var references = counted.get(type);
        return references == null
                ? !record.equals(of(type).put(Reference.of(ref), record))
                : references.add(Reference.of(ref));
    }

    /** Forgets a record. @return whether there was one */
    boolean remove(RecordType<?> type, String ref) {
        var references = counted.get(type);
        return references == null ? of(type).remove(Reference.of(ref)) != null : references.remove(Reference.of(ref));
    }

    int count(RecordType<?> type) {
        var references = counted.get(type);
        return references == null ? of(type).size() : references.size();
    }

    boolean has(RecordType<?> type, @Nullable String ref) {
        var references = counted.get(type);
        return references == null ? find(type, ref).isPresent() : ref != null && references.contains(Reference.of(ref));
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

package io.xenpatch.simulator.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A class of the data model as one profile has it. */
public final class XapiClass {
    private final String name;
    private final String since;
    private final boolean stored;
    private final boolean listed;
    private final boolean labelled;
    private final Map<String, XapiField> fields;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<String, XapiMessage> messages;

    XapiClass(
            @JsonProperty("name") String name,
            @JsonProperty("since") String since,
            @JsonProperty("stored") boolean stored,
            @JsonProperty("listed") boolean listed,
            @JsonProperty("labelled") boolean labelled,
            @JsonProperty("fields") @Nullable List<XapiField> fields,
            @JsonProperty("messages") @Nullable List<XapiMessage> messages) {
        this.name = name;
        this.since = since;
        this.stored = stored;
        this.listed = listed;
        this.labelled = labelled;
        this.fields = (fields == null ? Stream.<XapiField>empty() : fields.stream())
                .collect(Collectors.toMap(XapiField::name, field -> field, (a, b) -> a, LinkedHashMap::new));
        this.messages = (messages == null ? Stream.<XapiMessage>empty() : messages.stream())
                .collect(Collectors.toMap(XapiMessage::name, message -> message, (a, b) -> a, LinkedHashMap::new));
        this.fields.forEach((field, about) -> slots.put(field, new Slot(about, slots.size())));
        if (slots.size() > SparseValues.MOST) {
            throw new IllegalArgumentException("class " + name + " has more than " + SparseValues.MOST + " fields");
        }
    }

    XapiClass in(Profile profile) {
        return new XapiClass(
                name,
                since,
                stored,
                listed,
                labelled,
                fields.values().stream()
                        .filter(field -> profile.has(field.since()))
                        .toList(),
                messages.values().stream()
                        .filter(message -> profile.has(message.since()))
                        .map(message -> message.in(profile))
                        .toList());
    }

    public String name() {
        return name;
    }

    String since() {
        return since;
    }

    /** Every message, also those that the class has without saying so, with the least role that may call it. */
    Map<String, String> leastRoles() {
        var all = new LinkedHashMap<String, String>();
        messages.values().forEach(message -> all.put(message.name(), message.role()));
        if (stored) {
            questions().forEach(question -> all.putIfAbsent(question, XapiMessage.READ_ONLY));
            fields.values().forEach(field -> all.putIfAbsent("get_" + field.name(), field.reader()));
        }
        fields.values().stream()
                .filter(XapiField::writable)
                .forEach(field -> field.setters().forEach(setter -> all.putIfAbsent(setter, field.writer())));
        return all;
    }

    private Stream<String> questions() {
        var one = Stream.of("get_record", "get_by_uuid");
        var many = listed
                ? Stream.of("get_all", "get_all_records", "get_all_where", "get_all_records_where")
                : Stream.<String>empty();
        var label = labelled ? Stream.of("get_by_name_label") : Stream.<String>empty();
        return Stream.of(one, many, label).flatMap(names -> names);
    }

    /** The name that events use. */
    public String eventName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether rows of this class exist in the database (so that it has getters and is counted in events). */
    public boolean isStored() {
        return stored;
    }

    /** Whether it tells all its objects; sessions and users it does not. */
    public boolean isListed() {
        return listed;
    }

    /** Whether objects can be asked for by their label. */
    public boolean isLabelled() {
        return labelled;
    }

    Map<String, XapiField> fields() {
        return fields;
    }

    /** Where rows keep the values of the fields, in the order of the fields. */
    Map<String, Slot> slots() {
        return slots;
    }

    public @Nullable XapiField field(String field) {
        return fields.get(field);
    }

    public @Nullable XapiMessage message(String message) {
        return messages.get(message);
    }

    /** The place of a field in the rows of its class, and what {@link Database} has to know of it at every change. */
    static final class Slot {
        private final String name;
        private final int position;
        private final Object usual;
        private final XapiField field;
        private final boolean reference;
        private final boolean setOfReferences;
        private @Nullable Relation relation;

        Slot(XapiField field, int position) {
            this.name = field.name();
            this.position = position;
            this.usual = field.stored(field.usualValue());
            this.field = field;
            this.reference = field.isReference();
            this.setOfReferences = field.isSetOfReferences();
        }

        String name() {
            return name;
        }

        int position() {
            return position;
        }

        /** What a row says that was never told otherwise. Shared by all rows, so it can't be changed. */
        Object usual() {
            return usual;
        }

        /** A value in the form in which rows hold it. */
        Object stored(Object value) {
            return field.stored(value);
        }

        boolean isReference() {
            return reference;
        }

        boolean isSetOfReferences() {
            return setOfReferences;
        }

        @Nullable
        Relation relation() {
            return relation;
        }

        void relate(Relation other) {
            relation = other;
        }
    }
}

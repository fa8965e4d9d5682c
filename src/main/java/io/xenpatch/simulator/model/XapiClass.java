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
    private final Map<String, XapiField> fields;
    private final Map<String, XapiMessage> messages;

    XapiClass(
            @JsonProperty("name") String name,
            @JsonProperty("since") String since,
            @JsonProperty("stored") boolean stored,
            @JsonProperty("fields") @Nullable List<XapiField> fields,
            @JsonProperty("messages") @Nullable List<XapiMessage> messages) {
        this.name = name;
        this.since = since;
        this.stored = stored;
        this.fields = (fields == null ? Stream.<XapiField>empty() : fields.stream())
                .collect(Collectors.toMap(XapiField::name, field -> field, (a, b) -> a, LinkedHashMap::new));
        this.messages = (messages == null ? Stream.<XapiMessage>empty() : messages.stream())
                .collect(Collectors.toMap(XapiMessage::name, message -> message, (a, b) -> a, LinkedHashMap::new));
    }

    XapiClass in(Profile profile) {
        return new XapiClass(
                name,
                since,
                stored,
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

    /** The name that events use. */
    public String eventName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether rows of this class exist in the database (so that it has getters and is counted in events). */
    public boolean isStored() {
        return stored;
    }

    Map<String, XapiField> fields() {
        return fields;
    }

    public @Nullable XapiField field(String field) {
        return fields.get(field);
    }

    public @Nullable XapiMessage message(String message) {
        return messages.get(message);
    }
}

package io.xenpatch.simulator.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** XAPI's own data model (trimmed), as one profile has it. */
public final class Datamodel {
    private static final Map<Profile, Datamodel> LOADED = new EnumMap<>(Profile.class);

    private final Map<String, XapiClass> classes;
    private final Set<String> emergencyCalls;
    private final Map<String, List<String>> enums;
    private final SharedValues shared = new SharedValues();

    private Datamodel(Profile profile, Resource resource) {
        this.classes = resource.classes().stream()
                .filter(each -> profile.has(each.since()))
                .map(each -> each.in(profile))
                .collect(Collectors.toMap(XapiClass::name, each -> each, (a, b) -> a, LinkedHashMap::new));
        this.emergencyCalls = Set.copyOf(resource.emergencyCalls());
        this.enums = Map.copyOf(resource.enums());
        resource.relations().forEach(pair -> relate(pair.get(0), pair.get(1)));
    }

    /** The data model of a profile; read once per process. */
    public static synchronized Datamodel of(Profile profile) {
        return LOADED.computeIfAbsent(profile, wanted -> new Datamodel(wanted, read()));
    }

    private static Resource read() {
        try (var stream = Datamodel.class.getResourceAsStream("/simulator/datamodel.json")) {
            return JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build()
                    .readValue(stream, Resource.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void relate(String left, String right) {
        var here = new Relation.End(left);
        var there = new Relation.End(right);
        if (here.field(this) != null && there.field(this) != null) {
            slot(here).relate(new Relation(here, there));
            slot(there).relate(new Relation(there, here));
        }
    }

    private XapiClass.Slot slot(Relation.End end) {
        return Objects.requireNonNull(get(end.className()).slots().get(end.fieldName()));
    }

    public @Nullable XapiClass find(String name) {
        return classes.get(name);
    }

    SharedValues shared() {
        return shared;
    }

    /** A class that must exist. */
    public XapiClass get(String name) {
        var found = classes.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no class " + name);
        }
        return found;
    }

    public Collection<XapiClass> classes() {
        return classes.values();
    }

    /** The wire name of every message. */
    public List<String> messageNames() {
        return names(least -> true);
    }

    /** What a role may, as {@code session.rbac_permissions} tells it: wire names in lower case. */
    public List<String> permissions(Role role) {
        return names(role::covers).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private List<String> names(Predicate<String> mayCall) {
        return classes.values().stream()
                .flatMap(type -> type.leastRoles().entrySet().stream()
                        .filter(message -> mayCall.test(message.getValue()))
                        .map(message -> type.name() + "." + message.getKey()))
                .sorted()
                .toList();
    }

    /** Whether an enumeration has a value; one that the data do not know has every value. */
    public boolean hasValue(String enumeration, String value) {
        var values = enums.get(enumeration);
        return values == null || values.contains(value);
    }

    /** Whether a call is answered although the host has no coordinator. */
    public boolean worksInEmergency(String method) {
        return emergencyCalls.contains(method);
    }

    private record Resource(
            @JsonProperty("emergencyCalls") List<String> emergencyCalls,
            @JsonProperty("enums") Map<String, List<String>> enums,
            @JsonProperty("relations") List<List<String>> relations,
            @JsonProperty("classes") List<XapiClass> classes) {}
}

package io.xenpatch.simulator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a class: its parameters after the session, how it may be called, and the least role that may call it ({@code
 * local-root-only} = only root of the host itself).
 */
public record XapiMessage(
        String name, String since, List<Parameter> params, boolean async, boolean open, boolean removed, String role) {

    /** The role of everybody. */
    public static final String READ_ONLY = "read-only";

    /** The data leave out what is empty. */
    public XapiMessage {
        params = params == null ? List.of() : List.copyOf(params);
        role = role == null ? READ_ONLY : role;
    }

    /** A message that every class has. */
    public static XapiMessage implicit(String name, String role, String... types) {
        var params = java.util.Arrays.stream(types)
                .map(type -> new Parameter(type, false, "rio", null))
                .toList();
        return new XapiMessage(name, "rio", params, false, false, false, role);
    }

    /** A message without parameters that anybody may call. */
    public static XapiMessage withoutSession(String name) {
        return new XapiMessage(name, "rio", List.of(), false, true, false, READ_ONLY);
    }

    XapiMessage in(Profile profile) {
        var known = params.stream().filter(param -> profile.has(param.since())).toList();
        return new XapiMessage(name, since, known, async, open, removed, role);
    }

    /** How many parameters a caller must give, the session not counted. */
    public int required() {
        return (int) params.stream().filter(param -> !param.optional()).count();
    }

    /** One parameter: IDL type and, where a caller may leave it out, its value then. */
    public record Parameter(
            String type,
            boolean optional,
            String since,
            @Nullable Object initial) {

        public Parameter {
            since = since == null ? "rio" : since;
        }
    }
}

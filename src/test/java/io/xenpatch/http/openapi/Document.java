package io.xenpatch.http.openapi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An OpenAPI document, for tests to walk.
 *
 * @param root the whole of it
 */
record Document(JsonNode root) {

    /**
     * An operation.
     *
     * @param name method and path, for messages
     */
    record Operation(String name, JsonNode json) {

        String text(String field) {
            return json.path(field).asString("");
        }

        Stream<Response> responses() {
            return json.path("responses").properties().stream()
                    .map(entry -> new Response(name + " " + entry.getKey(), entry.getKey(), entry.getValue()));
        }
    }

    /**
     * What an operation answers.
     *
     * @param name method, path and status, for messages
     */
    record Response(String name, String status, JsonNode json) {

        boolean isProblem() {
            return !status.startsWith("2") && !status.startsWith("3");
        }
    }

    /**
     * A form of a body, of a request or a response.
     *
     * @param name where it is, for messages
     */
    record Body(String name, String mediaType, JsonNode json) {}

    /**
     * An example of a body.
     *
     * @param name where it is, for messages
     * @param schema of the body
     */
    record Sample(String name, JsonNode schema, JsonNode value) {}

    List<Operation> operations() {
        return root.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> new Operation(
                                method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                method.getValue())))
                .toList();
    }

    List<Body> requests() {
        return operations().stream()
                .flatMap(operation -> bodies(operation.name(), operation.json().path("requestBody")))
                .toList();
    }

    List<Body> answers(Predicate<Response> which) {
        return operations().stream()
                .flatMap(Operation::responses)
                .filter(which)
                .flatMap(response -> bodies(response.name(), response.json()))
                .toList();
    }

    List<Sample> samples(Body body) {
        return body.json().path("examples").properties().stream()
                .map(entry -> new Sample(
                        body.name() + " " + entry.getKey(),
                        body.json().path("schema"),
                        resolved(entry.getValue()).path("value")))
                .toList();
    }

    /** Every property of every schema, by its name. */
    Map<String, JsonNode> properties() {
        var properties = new java.util.TreeMap<String, JsonNode>();
        root.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(property ->
                                properties.put(schema.getKey() + "." + property.getKey(), property.getValue())));
        return properties;
    }

    private static Stream<Body> bodies(String name, JsonNode holder) {
        return holder.path("content").properties().stream()
                .map(entry -> new Body(name + " " + entry.getKey(), entry.getKey(), entry.getValue()));
    }

    private JsonNode resolved(JsonNode node) {
        @Nullable String reference = node.path("$ref").asString(null);
        return reference == null
                ? node
                : root.at(Objects.requireNonNull(reference).substring(1));
    }
}

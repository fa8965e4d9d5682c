package io.xenpatch.demo;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads answers of the API. */
final class Json {
    private Json() {}

    /** The text at a path of names, "" where there is none. */
    static String text(JsonNode node, String... path) {
        for (var name : path) {
            node = node.path(name);
        }
        return node.asString("");
    }

    static int number(JsonNode node, String... path) {
        for (var name : path) {
            node = node.path(name);
        }
        return node.asInt(0);
    }

    static List<JsonNode> list(JsonNode node, String name) {
        return node.path(name).valueStream().toList();
    }

    static List<String> texts(JsonNode node, String name) {
        return node.path(name).valueStream().map(value -> value.asString("")).toList();
    }
}

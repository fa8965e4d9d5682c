package io.xenpatch.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What two servers in the same state must have in common: references, uuids, dates, numbers and free text are replaced by
 * placeholders; member names, types, enumerations, error codes and what is empty stay.
 */
final class Shape {
    private static final Pattern REFERENCE = Pattern.compile("(OpaqueRef|DummyRef):[^\\s\",]+");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern DATE = Pattern.compile("\\d{8}T\\d{2}:\\d{2}:\\d{2}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d*)?");
    /** Where a person or a stack of OCaml modules speaks. */
    private static final Set<String> FREE_TEXT = Set.of("backtrace");

    private static final int LONGEST = 300;

    private Shape() {}

    static Object of(JsonNode node) {
        return of("", node);
    }

    private static Object of(String name, JsonNode node) {
        if (node.isObject()) {
            return struct(node);
        }
        if (node.isArray()) {
            var all = StreamSupport.stream(node.spliterator(), false).map(each -> of(name, each));
            // what XAPI means as a set has no order; the parameters of an error have one
            return "data".equals(name) || "error".equals(name)
                    ? all.toList()
                    : all.sorted(Comparator.comparing(Object::toString)).toList();
        }
        if (node.isString()) {
            return FREE_TEXT.contains(name) ? "<text>" : text(node.stringValue());
        }
        if (node.isIntegralNumber()) {
            return "<int>";
        }
        return node.isNumber() ? "<float>" : node.toString();
    }

    /** Records by reference are a bag of records; other structures have names. */
    private static Object struct(JsonNode node) {
        Map<String, Object> members = new TreeMap<>();
        List<Object> bag = new ArrayList<>();
        for (var entry : node.properties()) {
            var key = text(entry.getKey());
            if (key.equals(entry.getKey())) {
                members.put(key, of(key, entry.getValue()));
            } else {
                bag.add(Map.of(key, of("", entry.getValue())));
            }
        }
        bag.sort(Comparator.comparing(Object::toString));
        return bag.isEmpty() ? members : List.of(members, bag);
    }

    /** Where two shapes differ, as {@code path: expected | was}; empty = nowhere. */
    static List<String> differences(Object expected, Object was) {
        var found = new ArrayList<String>();
        compare("", expected, was, found);
        return found;
    }

    private static void compare(String path, Object expected, Object was, List<String> found) {
        if (expected.equals(was)) {
            return;
        }
        if (expected instanceof Map<?, ?> left && was instanceof Map<?, ?> right) {
            var names = new TreeSet<Object>(left.keySet());
            names.addAll(right.keySet());
            names.forEach(name -> compare(
                    path + "/" + name,
                    left.containsKey(name) ? left.get(name) : "nothing",
                    right.containsKey(name) ? right.get(name) : "nothing",
                    found));
        } else if (expected instanceof List<?> left && was instanceof List<?> right) {
            var missing = new ArrayList<Object>(left);
            right.forEach(missing::remove);
            var extra = new ArrayList<Object>(right);
            left.forEach(extra::remove);
            for (int i = 0; i < Math.max(missing.size(), extra.size()); i++) {
                compare(path + "[]", at(missing, i), at(extra, i), found);
            }
            if (missing.isEmpty() && extra.isEmpty()) {
                found.add(path + ": another order");
            }
        } else {
            found.add(path + ": " + shortened(expected) + " | " + shortened(was));
        }
    }

    private static Object at(List<Object> list, int index) {
        return index < list.size() ? list.get(index) : "nothing";
    }

    private static String shortened(Object part) {
        var text = part.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    static String text(String text) {
        if (text.equals("OpaqueRef:NULL")) {
            return text;
        }
        var replaced = REFERENCE.matcher(text).replaceAll("<ref>");
        replaced = UUID.matcher(replaced).replaceAll("<uuid>");
        replaced = DATE.matcher(replaced).replaceAll("<date>");
        return NUMBER.matcher(replaced).replaceAll("<number>");
    }
}

package io.xenpatch.simulator;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** An XML-RPC answer as a tree in which a type is a name: {@code <boolean>1</boolean>} becomes {@code boolean:1}. */
final class XmlTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private XmlTree() {}

    /** The only value of a response. */
    static JsonNode of(String body) {
        try {
            var root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)))
                    .getDocumentElement();
            var value = root.getElementsByTagName("value").item(0);
            return value((Element) value);
        } catch (Exception e) {
            throw new AssertionError("no XML: " + body, e);
        }
    }

    private static List<Element> children(Element parent) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .flatMap(node -> node instanceof Element element ? Stream.of(element) : Stream.empty())
                .toList();
    }

    private static JsonNode value(Element value) {
        var typed = children(value);
        if (typed.isEmpty()) {
            return NODES.stringNode(value.getTextContent());
        }
        var element = typed.get(0);
        return switch (element.getTagName()) {
            case "array" -> {
                var array = NODES.arrayNode();
                children(children(element).get(0)).forEach(each -> array.add(value(each)));
                yield array;
            }
            case "struct" -> {
                var object = NODES.objectNode();
                children(element)
                        .forEach(member -> object.set(
                                children(member).get(0).getTextContent(),
                                value(children(member).get(1))));
                yield object;
            }
            default -> NODES.stringNode(element.getTagName() + ":" + element.getTextContent());
        };
    }
}

package io.xenpatch.xapi;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The XML fragment in a finished task's {@code result} (xapi.md §3). */
final class TaskResult {

    private TaskResult() {}

    /**
     * A map from a reference to a set of strings.
     *
     * @throws XapiFailure.AnswerLost when it is none
     */
    static Map<String, List<String>> mapOfLists(String xml) {
        var map = new LinkedHashMap<String, List<String>>();
        if (xml.isBlank()) {
            return map;
        }
        for (var member : deep(parse(xml), "member")) {
            var name = children(member, "name");
            var value = children(member, "value");
            if (name.isEmpty() || value.isEmpty()) {
                throw notAnAnswer();
            }
            map.put(
                    name.get(0).getTextContent(),
                    deep(value.get(0), "value").stream()
                            .map(Node::getTextContent)
                            .toList());
        }
        return map;
    }

    /**
     * A set of sets of strings.
     *
     * @throws XapiFailure.AnswerLost when it is none
     */
    static List<List<String>> lists(String xml) {
        if (xml.isBlank()) {
            return List.of();
        }
        return values(parse(xml)).stream()
                .map(inner -> values(inner).stream().map(Node::getTextContent).toList())
                .toList();
    }

    /**
     * A string.
     *
     * @throws XapiFailure.AnswerLost when it is none
     */
    static String string(String xml) {
        return xml.isBlank() ? "" : parse(xml).getTextContent();
    }

    /** The elements of the array that a value is; none when it is void. */
    private static List<Element> values(Element value) {
        var arrays = children(value, "array");
        if (arrays.isEmpty()) {
            if (value.getTextContent().isBlank()) {
                return List.of();
            }
            throw notAnAnswer();
        }
        return children(arrays.get(0), "data").stream()
                .flatMap(data -> children(data, "value").stream())
                .toList();
    }

    private static Element parse(String xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (SAXException | java.io.IOException e) {
            throw notAnAnswer();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has this parser", e);
        }
    }

    private static XapiFailure.AnswerLost notAnAnswer() {
        return new XapiFailure.AnswerLost("the result of a task is not of the kind that was asked for");
    }

    private static List<Element> deep(Element element, String name) {
        var found = new ArrayList<Element>();
        var nodes = element.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static List<Element> children(Element element, String name) {
        return deep(element, name).stream()
                .filter(child -> child.getParentNode() == element)
                .toList();
    }
}

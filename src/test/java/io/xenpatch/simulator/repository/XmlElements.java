package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.rpc.XmlText;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The files of a repository as XAPI goes through them: what it doesn't know it passes over, what comes last counts. */
final class XmlElements {
    private XmlElements() {}

    /** The outermost element; empty if the text is no XML or that element has another name. */
    static Optional<Element> root(String xml, String name) {
        try {
            return Optional.of(XmlText.parse(new InputSource(new StringReader(xml))))
                    .filter(root -> root.getTagName().equals(name));
        } catch (SAXException | IOException e) {
            return Optional.empty();
        }
    }

    /** The elements of that name directly in another. */
    static Stream<Element> children(Element parent, String name) {
        return XmlText.children(parent).stream()
                .filter(child -> child.getTagName().equals(name));
    }

    /** The last element of that name directly in another. */
    static Optional<Element> last(Element parent, String name) {
        return children(parent, name).reduce((first, second) -> second);
    }

    /** The text of the last element of that name; empty without one. */
    static String text(Element parent, String name) {
        return last(parent, name).map(XmlElements::text).orElse("");
    }

    /** The text of an element, without space around it. */
    static String text(Element element) {
        return element.getTextContent().strip();
    }
}

package io.xenpatch.feed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads XML that comes from outside: no document types, no entities, nothing deep. */
final class FeedXml {
    /** A feed needs five. */
    private static final String DEEPEST = "20";

    private static final String MOST_ATTRIBUTES = "100";

    private FeedXml() {}

    /** @throws FeedFailure when it is not well-formed, or of a kind that no feed is */
    static Element parse(byte[] xml) {
        try {
            return builder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (SAXException e) {
            throw new FeedFailure(
                    FeedFailure.Code.NOT_A_FEED, "What is there is no XML that is read here: " + e.getMessage());
        } catch (IOException e) {
            throw new FeedFailure(FeedFailure.Code.NOT_A_FEED, "What is there has no proper encoding.");
        }
    }

    private static DocumentBuilder builder() {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute("http://www.oracle.com/xml/jaxp/properties/maxElementDepth", DEEPEST);
            factory.setAttribute("http://www.oracle.com/xml/jaxp/properties/elementAttributeLimit", MOST_ATTRIBUTES);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // the caller learns it from the exception
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has this parser", e);
        }
    }

    /** The elements of this name directly in another. */
    static List<Element> children(Element parent, String name) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .flatMap(node -> node instanceof Element element ? Stream.of(element) : Stream.empty())
                .filter(element -> element.getTagName().equals(name))
                .toList();
    }
}

package io.xenpatch.simulator.rpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** XML-RPC as XAPI reads and writes it: API errors are values with a Status, never faults. */
public final class XmlRpc {
    private XmlRpc() {}

    /** Reads a request. @throws MalformedRequest when it is none, in the server's words */
    public static WireRequest read(byte[] body) throws MalformedRequest {
        var text = new String(body, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw malformed(1, 1, "unexpected end of input");
        }
        if (!text.stripLeading().startsWith("<")) {
            throw malformed(1, 1, "expected root element");
        }
        var root = parse(body);
        try {
            var params = child(root, "params").stream()
                    .flatMap(list -> XmlText.children(list).stream())
                    .map(param -> value(first(param)))
                    .toList();
            return new Request(new RpcCall(first(root).getTextContent().strip(), params));
        } catch (IllegalArgumentException e) {
            throw malformed(1, 1, "malformed method call");
        }
    }

    private static MalformedRequest malformed(int line, int column, String reason) {
        return new MalformedRequest("Xmlm.Error(" + line + ":" + column + ", \"" + reason + "\")");
    }

    private static Element parse(byte[] body) throws MalformedRequest {
        try {
            return XmlText.parse(new InputSource(new ByteArrayInputStream(body)));
        } catch (SAXParseException e) {
            throw malformed(e.getLineNumber(), e.getColumnNumber(), "unexpected end of input");
        } catch (SAXException | IOException e) {
            throw malformed(1, 1, "unexpected end of input");
        }
    }

    private static Optional<Element> child(Element parent, String name) {
        return XmlText.children(parent).stream()
                .filter(each -> each.getTagName().equals(name))
                .findFirst();
    }

    private static Element first(Element parent) {
        return XmlText.children(parent).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing in " + parent.getTagName()));
    }

    private static Object value(Element value) {
        var typed = XmlText.children(value);
        if (typed.isEmpty()) {
            return value.getTextContent();
        }
        var element = typed.get(0);
        var text = element.getTextContent();
        return switch (element.getTagName()) {
            case "int", "i4", "i8" -> Long.valueOf(text.strip());
            case "double" -> Double.valueOf(text.strip());
            case "boolean" -> "1".equals(text.strip());
            case "array" -> list(element);
            case "struct" -> map(element);
            default -> text;
        };
    }

    private static List<Object> list(Element array) {
        return new ArrayList<>(
                XmlText.children(first(array)).stream().map(XmlRpc::value).toList());
    }

    private static Map<String, Object> map(Element struct) {
        var map = new LinkedHashMap<String, Object>();
        for (var member : XmlText.children(struct)) {
            var parts = XmlText.children(member);
            if (parts.size() != 2) {
                throw new IllegalArgumentException("a member is a name and a value");
            }
            map.put(parts.get(0).getTextContent(), value(parts.get(1)));
        }
        return map;
    }

    private static byte[] write(Answer answer) {
        var outcome = answer.fold(
                value -> outcome("Success", "Value", value),
                failure -> outcome("Failure", "ErrorDescription", failure.words()),
                words -> outcome("Failure", "ErrorDescription", words));
        var text = "<?xml version=\"1.0\"?><methodResponse><params><param>" + XmlValue.print(outcome)
                + "</param></params></methodResponse>";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> outcome(String status, String member, Object value) {
        var outcome = new LinkedHashMap<String, Object>();
        outcome.put("Status", status);
        outcome.put(member, value);
        return outcome;
    }

    /** A method call. */
    private record Request(RpcCall content) implements WireRequest {
        @Override
        public Optional<RpcCall> call() {
            return Optional.of(content);
        }

        @Override
        public byte[] write(Answer answer) {
            return XmlRpc.write(answer);
        }

        @Override
        public String contentType() {
            return "text/xml";
        }
    }
}

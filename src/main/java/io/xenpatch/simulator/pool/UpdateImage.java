package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.rpc.XmlText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * An update as its image describes it. In place of an ISO 9660 file system a simulated image begins with a line that says what it is
 * and the text of {@code update.xml}, which ends at the first zero byte; whatever follows is not looked at.
 *
 * @param guidance {@code after_apply_guidance}; empty when one word of it is unknown
 */
record UpdateImage(
        String uuid,
        String label,
        String description,
        String version,
        String key,
        long installationSize,
        List<String> guidance,
        boolean enforceHomogeneity) {

    /** The first line of an image. */
    static final String MAGIC = "XENPATCH SIMULATED UPDATE 1\n";

    private static final Set<String> WORDS = Set.of("restartHVM", "restartPV", "restartHost", "restartXAPI");

    /** @param head the first bytes of an image @throws ApiFailure INVALID_UPDATE */
    static UpdateImage read(byte[] head) {
        var text = new String(head, StandardCharsets.UTF_8);
        if (!text.startsWith(MAGIC)) {
            throw invalid("update.xml can't be read");
        }
        var end = text.indexOf('\0');
        return read(parse(text.substring(MAGIC.length(), end < 0 ? text.length() : end)));
    }

    private static UpdateImage read(Element root) {
        var descriptions = root.getElementsByTagName("name-description");
        if (!"update".equals(root.getTagName()) || descriptions.getLength() == 0) {
            throw invalid("update.xml lacks name-description");
        }
        return new UpdateImage(
                uuid(needed(root, "uuid")),
                needed(root, "name-label"),
                descriptions.item(0).getTextContent(),
                needed(root, "version"),
                root.getAttribute("key"),
                number(root.getAttribute("installation-size")),
                guidance(root.getAttribute("after-apply-guidance")),
                "true".equals(root.getAttribute("enforce-homogeneity")));
    }

    private static Element parse(String xml) {
        try {
            return XmlText.parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException e) {
            throw invalid("update.xml is not well-formed");
        }
    }

    private static String needed(Element root, String attribute) {
        if (!root.hasAttribute(attribute)) {
            throw invalid("update.xml lacks " + attribute);
        }
        return root.getAttribute(attribute);
    }

    private static String uuid(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw invalid("update.xml has an invalid uuid");
        }
    }

    private static long number(String text) {
        if (!text.matches("\\d{0,18}")) {
            throw invalid("update.xml has an invalid installation-size");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static List<String> guidance(String text) {
        var words = Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        return WORDS.containsAll(words) ? words : List.of();
    }

    private static ApiFailure invalid(String why) {
        return ApiFailure.of("INVALID_UPDATE", why);
    }
}

package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.model.ApiFailure;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.w3c.dom.Element;

/** {@code updateinfo.xml} as XAPI reads it (xapi.md §7.4). */
public final class UpdateInfoXml {
    private static final String API_VERSION = "xapi-api-version";
    private static final DateTimeFormatter ISSUED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private UpdateInfoXml() {}

    /**
     * Reads the whole text. A severity or date that XAPI doesn't know is as if it weren't told; rules and live patches that it can't
     * read are left out.
     *
     * @throws ApiFailure {@code INVALID_UPDATEINFO_XML} if it is no XML, tells an API version but no update, tells an update twice, or
     *     one without type, id or summary
     */
    public static UpdatesInfo read(String xml) {
        var root = XmlElements.root(xml, "updates").orElseThrow(UpdateInfoXml::invalid);
        var updates =
                XmlElements.children(root, "update").map(UpdateInfoXml::update).toList();
        var apiVersion = root.hasAttribute(API_VERSION) ? root.getAttribute(API_VERSION) : null;
        if (hasDuplicates(updates) || (apiVersion != null && updates.isEmpty())) {
            throw invalid();
        }
        return new UpdatesInfo(apiVersion, updates);
    }

    private static boolean hasDuplicates(List<UpdateRecord> updates) {
        return updates.stream().map(UpdateRecord::id).distinct().count() < updates.size();
    }

    private static UpdateRecord update(Element update) {
        return new UpdateRecord(
                needed(XmlElements.text(update, "id")),
                needed(update.getAttribute("type")),
                needed(XmlElements.text(update, "summary")),
                XmlElements.text(update, "description"),
                XmlElements.text(update, "special_info"),
                XmlElements.text(update, "url"),
                XmlElements.text(update, "title"),
                XmlElements.last(update, "issued").map(UpdateInfoXml::issued).orElse(Instant.EPOCH),
                Severity.of(XmlElements.text(update, "severity")).orElse(Severity.NONE),
                guidance(XmlElements.last(update, "guidance")),
                XmlElements.last(update, "guidance_applicabilities")
                        .map(ApplicabilityXml::read)
                        .orElse(List.of()),
                XmlElements.last(update, "livepatches").map(LivePatchXml::read).orElse(List.of()));
    }

    private static String needed(String text) {
        if (text.isEmpty()) {
            throw invalid();
        }
        return text;
    }

    private static Instant issued(Element issued) {
        try {
            return LocalDateTime.parse(issued.getAttribute("date"), ISSUED).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** Every kind, told or not. */
    private static Guidances guidance(Optional<Element> guidance) {
        var byKind = new EnumMap<GuidanceKind, List<Guidance>>(GuidanceKind.class);
        for (var kind : GuidanceKind.values()) {
            byKind.put(
                    kind,
                    guidance.flatMap(told -> XmlElements.last(told, kind.text()))
                            .map(UpdateInfoXml::values)
                            .orElse(List.of()));
        }
        return new Guidances(byKind);
    }

    private static List<Guidance> values(Element kind) {
        return XmlElements.children(kind, "value")
                .map(XmlElements::text)
                .filter(text -> !text.isEmpty())
                .map(Guidance::ofUpdateInfo)
                .toList();
    }

    private static ApiFailure invalid() {
        return ApiFailure.of("INVALID_UPDATEINFO_XML");
    }
}

package io.xenpatch.feed;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.UpdateUuid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Makes a {@link FeedDocument} of the publisher's XML (xencenter.md §10): {@code patches/patch} are updates, {@code
 * serverversions/version} versions of the server. Everything else is left alone.
 */
final class FeedReader {
    /** Some publishers leave the dashes out. */
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss'Z'", Locale.ROOT);

    private final List<String> errors = new ArrayList<>();

    private FeedReader() {}

    /** @throws FeedFailure {@code NOT_A_FEED} or {@code INVALID} */
    static FeedDocument read(byte[] xml) {
        return new FeedReader().read(FeedXml.parse(xml));
    }

    private FeedDocument read(Element root) {
        var patches = FeedXml.children(root, "patches");
        var versions = FeedXml.children(root, "serverversions");
        if (patches.isEmpty() && versions.isEmpty()) {
            throw new FeedFailure(
                    FeedFailure.Code.NOT_A_FEED,
                    "The XML that is there has neither patches nor serverversions, so it is no update feed.");
        }
        var published = new PublishedUpdates(
                patches.stream()
                        .flatMap(list -> FeedXml.children(list, "patch").stream())
                        .map(this::update)
                        .flatMap(Optional::stream)
                        .toList(),
                versions.stream()
                        .flatMap(list -> FeedXml.children(list, "version").stream())
                        .map(this::version)
                        .toList());
        errors.addAll(FeedChecks.errors(published));
        if (!errors.isEmpty()) {
            throw new FeedFailure(FeedFailure.Code.INVALID, FeedChecks.inOneSentence(errors));
        }
        return new FeedDocument(published, FeedChecks.warnings(published));
    }

    private Optional<PublishedUpdate> update(Element patch) {
        var name = text(patch, "name-label");
        return uuid(text(patch, "uuid"), "update " + name)
                .map(uuid -> new PublishedUpdate(
                        uuid,
                        name.isEmpty() ? uuid.toString() : name,
                        text(patch, "name-description"),
                        text(patch, "version"),
                        text(patch, "url"),
                        time(text(patch, "timestamp")),
                        guidance(text(patch, "after-apply-guidance")),
                        isTrue(patch, "guidance-mandatory"),
                        isTrue(patch, "contains-livepatch"),
                        size(patch, "installation-size", name),
                        size(patch, "download-size", name),
                        named(patch, "requiredpatches", "requiredpatch", "update " + name),
                        named(patch, "conflictingpatches", "conflictingpatch", "update " + name)));
    }

    private PublishedVersion version(Element version) {
        var value = text(version, "value");
        var where = "version " + value;
        if (value.isEmpty()) {
            errors.add("a version has no value");
        }
        var update = text(version, "patch-uuid");
        var hasMinimal = !FeedXml.children(version, "minimalpatches").isEmpty();
        return new PublishedVersion(
                value,
                text(version, "name"),
                text(version, "build-number"),
                update.isEmpty() ? null : uuid(update, where).orElse(null),
                uuids(FeedXml.children(version, "patch"), where),
                hasMinimal ? named(version, "minimalpatches", "patch", where) : null);
    }

    private List<UpdateUuid> named(Element parent, String list, String name, String where) {
        return uuids(
                FeedXml.children(parent, list).stream()
                        .flatMap(found -> FeedXml.children(found, name).stream())
                        .toList(),
                where);
    }

    private List<UpdateUuid> uuids(List<Element> elements, String where) {
        return elements.stream()
                .map(element -> uuid(text(element, "uuid"), where))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** An attribute; line breaks and the like have no place in lists and logs. */
    private static String text(Element element, String attribute) {
        return element.getAttribute(attribute).replaceAll("\\p{Cntrl}", " ").strip();
    }

    private Optional<UpdateUuid> uuid(String text, String where) {
        try {
            return Optional.of(UpdateUuid.of(text));
        } catch (IllegalArgumentException e) {
            errors.add(where + " names " + (text.isEmpty() ? "no uuid" : "something that is no uuid"));
            return Optional.empty();
        }
    }

    /** One word, or several with commas between them. */
    private static Set<Guidance> guidance(String words) {
        return Arrays.stream(words.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(Guidance::parse)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isTrue(Element element, String attribute) {
        return text(element, attribute).equalsIgnoreCase("true");
    }

    private long size(Element patch, String attribute, String name) {
        var bytes = text(patch, attribute);
        try {
            var size = bytes.isEmpty() ? 0 : Long.parseLong(bytes);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        errors.add("the " + attribute + " of update " + name + " is no number of bytes");
        return 0;
    }

    /** @return null when it is no time: nothing depends on it */
    private static @Nullable Instant time(String text) {
        try {
            return text.contains("-")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text, COMPACT).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}

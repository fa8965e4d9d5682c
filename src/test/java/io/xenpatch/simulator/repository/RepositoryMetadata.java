package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.model.ApiFailure;
import org.w3c.dom.Element;

/**
 * What {@code repomd.xml} tells of the updates of a repository.
 *
 * @param checksum of {@code updateinfo.xml.gz}: becomes {@code Repository.hash}
 * @param location of that file, relative to the repository
 */
public record RepositoryMetadata(String checksum, String location) {

    /**
     * Reads {@code repomd.xml}.
     *
     * @throws ApiFailure {@code INVALID_REPOMD_XML} if it doesn't tell exactly one file of updates, with checksum and location
     */
    public static RepositoryMetadata read(String xml) {
        var root = XmlElements.root(xml, "repomd").orElseThrow(RepositoryMetadata::invalid);
        var files = XmlElements.children(root, "data")
                .filter(data -> "updateinfo".equals(data.getAttribute("type")))
                .toList();
        if (files.size() != 1) {
            throw invalid();
        }
        return of(files.get(0));
    }

    private static RepositoryMetadata of(Element data) {
        var metadata = new RepositoryMetadata(
                XmlElements.text(data, "checksum"),
                XmlElements.last(data, "location")
                        .map(location -> location.getAttribute("href"))
                        .orElse(""));
        if (metadata.checksum().isEmpty() || metadata.location().isEmpty()) {
            throw invalid();
        }
        return metadata;
    }

    private static ApiFailure invalid() {
        return ApiFailure.of("INVALID_REPOMD_XML");
    }
}

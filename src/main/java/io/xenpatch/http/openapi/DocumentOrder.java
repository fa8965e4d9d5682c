package io.xenpatch.http.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Puts the document in an order that is the same at every start, and that people work in: tag by tag, and in a tag first what
 * can be read, then what only acts.
 */
final class DocumentOrder implements OpenApiCustomizer {
    private final List<Tag> tags;

    DocumentOrder(List<Tag> tags) {
        this.tags = List.copyOf(tags);
    }

    @Override
    public void customise(OpenAPI api) {
        api.setTags(tags);
        var paths = new Paths();
        api.getPaths().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, PathItem>>comparingInt(path -> tag(path.getValue()))
                        .thenComparing(path -> collection(path.getKey()))
                        .thenComparing(path -> path.getValue().getGet() == null)
                        .thenComparing(Map.Entry::getKey))
                .forEach(path -> paths.addPathItem(path.getKey(), path.getValue()));
        api.setPaths(paths);
        api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
        api.getComponents()
                .setExamples(new TreeMap<>(
                        Objects.requireNonNullElse(api.getComponents().getExamples(), Map.of())));
        paths.values().stream().flatMap(path -> path.readOperations().stream()).forEach(operation -> {
            var responses = new io.swagger.v3.oas.models.responses.ApiResponses();
            new TreeMap<>(operation.getResponses()).forEach(responses::addApiResponse);
            operation.setResponses(responses);
        });
    }

    private int tag(PathItem path) {
        var names = tags.stream().map(Tag::getName).toList();
        return path.readOperations().stream()
                .flatMap(operation -> operation.getTags().stream())
                .mapToInt(names::indexOf)
                .min()
                .orElse(names.size());
    }

    private static String collection(String path) {
        var parts = path.split("/", -1);
        return parts.length > 3 ? parts[3] : path;
    }
}

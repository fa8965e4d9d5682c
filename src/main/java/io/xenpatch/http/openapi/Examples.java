package io.xenpatch.http.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.xenpatch.http.openapi.ExampleFiles.ExampleFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Gives each body its examples: those of its schema, each of which is in the document once; for a page, one page of them. An
 * operation that names its own examples keeps them.
 */
final class Examples implements OpenApiCustomizer {
    private static final String JSON = org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
    private static final String EXAMPLES = "#/components/examples/";

    private final ExampleFiles files;

    Examples(ExampleFiles files) {
        this.files = files;
    }

    @Override
    public void customise(OpenAPI api) {
        api.getPaths().values().forEach(path -> path.readOperations().forEach(operation -> addTo(operation, api)));
    }

    private void addTo(Operation operation, OpenAPI api) {
        if (operation.getRequestBody() != null) {
            addTo(operation.getRequestBody().getContent().get(JSON), api.getComponents());
        }
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2") && response.getContent() != null) {
                addTo(response.getContent().get(JSON), api.getComponents());
            }
        });
    }

    private void addTo(@Nullable MediaType body, Components components) {
        if (body == null || body.getSchema() == null || body.getSchema().get$ref() == null) {
            return;
        }
        if (body.getExamples() != null) {
            body.getExamples().forEach((name, example) -> publish(example, components));
            return;
        }
        var schema = nameOf(body.getSchema());
        var items = itemsOf(components.getSchemas().get(schema));
        if (items == null) {
            files.of(schema).forEach(file -> body.addExamples(file.name(), shared(schema, file, components)));
        } else {
            page(files.of(items), body);
        }
    }

    private static void page(List<ExampleFile> items, MediaType body) {
        if (!items.isEmpty()) {
            var page = new LinkedHashMap<String, @Nullable Object>();
            page.put("items", List.of(items.get(0).value()));
            page.put("nextCursor", null);
            body.addExamples("page", new Example().summary("the last page").value(page));
        }
    }

    private static Example shared(String schema, ExampleFile file, Components components) {
        var name = schema + "-" + file.name();
        components.addExamples(
                name, new Example().summary(file.name().replace('-', ' ')).value(file.value()));
        return new Example().$ref(name);
    }

    /** An operation names an example as {@code UpdateJob-accepted}: the schema and the file. */
    private void publish(Example example, Components components) {
        if (example.get$ref() != null) {
            var name = example.get$ref().substring(EXAMPLES.length());
            var schema = name.substring(0, name.indexOf('-'));
            files.of(schema).stream()
                    .filter(file -> name.equals(schema + "-" + file.name()))
                    .forEach(file -> shared(schema, file, components));
        }
    }

    private static String nameOf(Schema<?> reference) {
        return reference.get$ref().substring(Components.COMPONENTS_SCHEMAS_REF.length());
    }

    /** What a page is a page of; null when it is none. */
    private static @Nullable String itemsOf(@Nullable Schema<?> schema) {
        if (schema == null
                || schema.getProperties() == null
                || !schema.getProperties().keySet().equals(Set.of("items", "nextCursor"))) {
            return null;
        }
        Schema<?> list = schema.getProperties().get("items");
        return list == null || list.getItems() == null || list.getItems().get$ref() == null
                ? null
                : nameOf(list.getItems());
    }
}

package io.xenpatch.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.http.openapi.Document.Operation;
import io.xenpatch.http.openapi.Document.Response;
import io.xenpatch.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API: complete, true to itself, and the one that is kept in {@code docs/openapi.json}. */
@IntegrationTest
class OpenApiDocumentTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Path KEPT = Path.of("docs/openapi.json");
    private static final String PROBLEM_JSON = "application/problem+json";

    private final TestHttp http;

    private Document document = new Document(JSON.nullNode());

    OpenApiDocumentTest(@Autowired TestHttp http) {
        this.http = http;
    }

    @BeforeEach
    void readTheDocument() {
        document = new Document(JSON.readTree(served()));
    }

    @Test
    void isTheOneThatIsKept() throws IOException {
        var served = JSON.writeValueAsString(document.root()) + "\n";
        if (Boolean.getBoolean("openapi.renew")) {
            Files.writeString(KEPT, served);
        }

        assertThat(Files.readString(KEPT))
                .as("docs/openapi.json; when the API was meant to change: ./dev openapi, and look at the difference")
                .isEqualTo(served);
    }

    @Test
    void isTheSameWheneverItIsAskedFor() {
        assertThat(JSON.readTree(served()).toString()).isEqualTo(document.root().toString());
    }

    @Test
    void hasEachTagOnceInTheOrderOfTheWork() {
        assertThat(document.root()
                        .path("tags")
                        .valueStream()
                        .map(tag -> tag.path("name").asString()))
                .containsExactly(
                        "Pools",
                        "Inventory",
                        "Assessments",
                        "Update jobs",
                        "Maintenance windows",
                        "History",
                        "Problems");
        assertThat(document.operations())
                .allSatisfy(operation -> assertThat(
                                operation.json().path("tags").valueStream())
                        .as(operation.name())
                        .hasSize(1)
                        .allMatch(tag -> document.root().path("tags").toString().contains(tag.toString())));
    }

    @Test
    void namesAndDescribesEveryOperation() {
        assertThat(document.operations()).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.text("summary")).as(operation.name()).isNotBlank();
            assertThat(operation.text("description")).as(operation.name()).isNotBlank();
            assertThat(operation.text("operationId"))
                    .as("%s: name it in @Operation, or it depends on the other operations", operation.name())
                    .matches("[a-z][A-Za-z]+");
            assertThat(operation.responses())
                    .allSatisfy(response -> assertThat(
                                    response.json().path("description").asString())
                            .as(response.name())
                            .isNotBlank()
                            .isNotEqualTo("OK"));
        });
        assertThat(document.operations().stream().map(operation -> operation.text("operationId")))
                .doesNotHaveDuplicates();
    }

    @Test
    void describesEveryParameter() {
        for (Operation operation : document.operations()) {
            var parameters = operation.json().path("parameters");
            assertThat(parameters.valueStream()).allSatisfy(parameter -> {
                var name = operation.name() + " " + parameter.path("name").asString();
                assertThat(parameter.path("description").asString("")).as(name).isNotBlank();
                assertThat(parameter.path("schema").isEmpty()).as(name).isFalse();
            });
            assertThat(parameters.valueStream().map(parameter -> parameter.path("name")))
                    .as(operation.name())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void describesEverySchemaAndProperty() {
        assertThat(document.root().path("components").path("schemas").properties())
                .allSatisfy(schema -> assertThat(
                                schema.getValue().path("description").asString(""))
                        .as("%s: the javadoc of the type describes it", schema.getKey())
                        .isNotBlank());
        assertThat(document.properties())
                .isNotEmpty()
                .allSatisfy((name, property) -> assertThat(
                                property.path("description").asString(""))
                        .as("%s: @param in the javadoc of the record describes it", name)
                        .isNotBlank());
    }

    @Test
    void leavesNoJavadocInTheDescriptions() {
        assertThat(document.root().findValues("description").stream()
                        .map(description -> description.asString(""))
                        .filter(text -> text.matches("(?s).*(\\{@|<code>|<p>|\\([RP]\\d|\\w\\.md\\b).*")))
                .isEmpty();
    }

    @Test
    void tellsEveryProblemAsAProblem() {
        assertThat(document.answers(Response::isProblem)).isNotEmpty().allSatisfy(body -> {
            assertThat(body.mediaType()).as(body.name()).isEqualTo(PROBLEM_JSON);
            assertThat(body.json().path("schema").path("$ref").asString(""))
                    .as(body.name())
                    .isEqualTo("#/components/schemas/Problem");
            assertThat(document.samples(body)).as(body.name()).isNotEmpty();
        });
        assertThat(document.operations().stream()
                        .flatMap(Operation::responses)
                        .filter(Response::isProblem)
                        .filter(response -> response.json().path("content").isEmpty()))
                .isEmpty();
    }

    @Test
    void showsProblemsOfTheTypesThatThereAre() {
        var types = Arrays.stream(ProblemType.values())
                .collect(Collectors.toMap(type -> type.type().toString(), type -> type));
        document.operations().stream()
                .flatMap(Operation::responses)
                .filter(Response::isProblem)
                .forEach(response -> document.samples(new Document.Body(
                                response.name(),
                                PROBLEM_JSON,
                                response.json().path("content").path(PROBLEM_JSON)))
                        .forEach(sample -> {
                            var type = types.get(sample.value().path("type").asString());
                            assertThat(type).as(sample.name()).isNotNull();
                            assertThat(sample.value().path("title").asString())
                                    .as(sample.name())
                                    .isEqualTo(Objects.requireNonNull(type).title());
                            assertThat(sample.value().path("status").asInt())
                                    .as(sample.name())
                                    .isEqualTo(type.status());
                            assertThat(sample.value().path("instance").asString())
                                    .as(sample.name())
                                    .doesNotContain("{");
                            if (!response.status().equals("default")) {
                                assertThat(response.status()).isEqualTo(String.valueOf(type.status()));
                            }
                        }));
    }

    @Test
    void hasAnExampleOfEveryBody() {
        assertThat(document.requests())
                .isNotEmpty()
                .filteredOn(body -> body.mediaType().contains("json"))
                .allSatisfy(body ->
                        assertThat(document.samples(body)).as(body.name()).isNotEmpty());
        assertThat(document.answers(response -> !response.isProblem()))
                .isNotEmpty()
                .filteredOn(body ->
                        body.mediaType().contains("json") || body.mediaType().contains("event-stream"))
                .allSatisfy(body ->
                        assertThat(document.samples(body)).as(body.name()).isNotEmpty());
        assertThat(document.answers(response -> true))
                .noneMatch(body -> body.mediaType().contains("*"));
    }

    @Test
    void hasExamplesThatFitTheirSchemas() {
        var registry = SchemaRegistry.withDialect(Dialects.getOpenApi31());
        var components = closed(document.root().path("components").deepCopy());
        var bodies = new java.util.ArrayList<>(document.requests());
        bodies.addAll(document.answers(response -> true));
        assertThat(bodies.stream().flatMap(body -> document.samples(body).stream()))
                .isNotEmpty()
                .allSatisfy(sample -> {
                    var schema = (ObjectNode) sample.schema().deepCopy();
                    schema.set("components", components);
                    assertThat(registry.getSchema(schema).validate(sample.value()))
                            .as("%s: src/main/resources/openapi has the examples", sample.name())
                            .isEmpty();
                });
    }

    /** An example with a field that its schema doesn't have is an old one. Problems may have further members. */
    private static JsonNode closed(JsonNode components) {
        components.path("schemas").properties().stream()
                .filter(schema -> !schema.getKey().equals("Problem"))
                .filter(schema -> schema.getValue().has("properties"))
                .forEach(schema -> ((ObjectNode) schema.getValue()).put("additionalProperties", false));
        return components;
    }

    private String served() {
        var body = http.client()
                .get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(body);
    }
}

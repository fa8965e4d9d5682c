package io.xenpatch.http.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Describes what an operation answers when it ends with a problem: the types of problems that there are, each with an example. */
final class ProblemResponses implements OperationCustomizer, OpenApiCustomizer {
    private static final String PROBLEM = "Problem";
    private static final String MEDIA_TYPE = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;
    /** From the method, which is known when an operation is made, to its path, which is known when the document is made. */
    private static final String DECLARED = "x-problems";

    private static final Set<ProblemType> ANYWHERE =
            Set.of(ProblemType.NOT_ACCEPTABLE, ProblemType.INTERNAL_ERROR, ProblemType.SERVICE_UNAVAILABLE);
    private static final Set<ProblemType> WITH_BODY = Set.of(
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.INTERNAL_ERROR,
            ProblemType.SERVICE_UNAVAILABLE);

    private final ExampleFiles examples;

    ProblemResponses(ExampleFiles examples) {
        this.examples = examples;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        var declared = method.getMethodAnnotation(CanFailWith.class);
        operation.addExtension(DECLARED, declared == null ? List.of() : List.of(declared.value()));
        return operation;
    }

    @Override
    public void customise(OpenAPI api) {
        var resolved = ModelConverters.getInstance(true)
                .resolveAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(false));
        api.getComponents().addSchemas(PROBLEM, resolved.schema);
        resolved.referencedSchemas.forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
        api.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> addProblems(path, operation)));
    }

    private void addProblems(String path, Operation operation) {
        var types = new LinkedHashSet<>(declared(operation));
        var subjects = subjects(operation);
        boolean hasBody = operation.getRequestBody() != null;
        if (hasBody) {
            types.add(ProblemType.VALIDATION_FAILED);
        }
        if (hasBody
                || examples.problem(ProblemType.MALFORMED_REQUEST.slug(), subjects)
                        .isPresent()) {
            types.add(ProblemType.MALFORMED_REQUEST);
        }
        var instance = instance(path, parameters(operation));
        Function<ProblemType, Map<String, Object>> example = type -> {
            var body = examples.problem(type.slug(), subjects).orElseGet(() -> examples.problem(type.slug()));
            body.put("instance", instance);
            return body;
        };
        var responses = operation.getResponses();
        types.stream()
                .collect(Collectors.groupingBy(type -> String.valueOf(type.status()), TreeMap::new, Collectors.toSet()))
                .forEach((status, some) -> responses.put(status, response("", some, example)));
        responses.put(
                "default", response("Anything else that can go wrong\n\n", hasBody ? WITH_BODY : ANYWHERE, example));
    }

    /** What a problem can be about: the body, or else one of the parameters. */
    private static List<String> subjects(Operation operation) {
        if (operation.getRequestBody() == null) {
            return parameters(operation).stream().map(Parameter::getName).toList();
        }
        return operation.getRequestBody().getContent().values().stream()
                .map(MediaType::getSchema)
                .filter(schema -> schema != null && schema.get$ref() != null)
                .map(Schema::get$ref)
                .map(reference -> reference.substring(Components.COMPONENTS_SCHEMAS_REF.length()))
                .toList();
    }

    private static List<Parameter> parameters(Operation operation) {
        return Objects.requireNonNullElse(operation.getParameters(), List.of());
    }

    @SuppressWarnings("unchecked")
    private static List<ProblemType> declared(Operation operation) {
        var extensions = operation.getExtensions();
        return extensions == null
                ? List.of()
                : (List<ProblemType>) Objects.requireNonNullElse(extensions.remove(DECLARED), List.of());
    }

    /** The address of an example: the path with the examples of its parameters. */
    private static String instance(String path, List<Parameter> parameters) {
        var instance = path;
        for (var parameter : parameters) {
            if ("path".equals(parameter.getIn()) && parameter.getExample() != null) {
                instance = instance.replace(
                        "{" + parameter.getName() + "}", parameter.getExample().toString());
            }
        }
        return instance;
    }

    private static ApiResponse response(
            String introduction, Set<ProblemType> types, Function<ProblemType, Map<String, Object>> example) {
        var content = new MediaType().schema(new Schema<>().$ref(PROBLEM));
        var lines = new ArrayList<String>();
        types.stream().sorted().forEach(type -> {
            lines.add("`" + type.slug() + "`: " + type.title());
            content.addExamples(type.slug(), new Example().summary(type.title()).value(example.apply(type)));
        });
        return new ApiResponse()
                .description(introduction + (lines.size() == 1 ? lines.get(0) : "- " + String.join("\n- ", lines)))
                .content(new Content().addMediaType(MEDIA_TYPE, content));
    }
}

package io.xenpatch.http;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import io.xenpatch.caller.Caller;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** The description of the API: what all calls have in common. Each room's controllers describe their own. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String PROBLEM = "Problem";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, PageRequest.class, Wait.class);
    }

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        var known = build.getIfAvailable();
        return new OpenAPI()
                .info(new Info()
                        .title("Xenpatch")
                        .version(known == null ? "development" : known.getVersion())
                        .description(
                                "Keeps XenServer, Citrix Hypervisor and XCP-ng pools patched with the least possible"
                                        + " downtime. Times are ISO 8601 in UTC, durations ISO 8601, sizes bytes. Errors are problems"
                                        + " (RFC 9457) whose type leads to an explanation. Lists are paged: pass `nextCursor` as"
                                        + " `cursor` until it is null."))
                .servers(List.of(new Server().url("/").description("This service")))
                .tags(List.of(
                        tag("Pools", "Registered pools, their hosts and updates"),
                        tag("Assessments", "What an update would do and what speaks against it; without any effect"),
                        tag("Update jobs", "Updates that are carried out, and their history"),
                        tag("History", "What happened, and who changed what"),
                        tag("Problems", "What the types of problems mean")));
    }

    @Bean
    OpenApiCustomizer problemSchema() {
        return api -> {
            var resolved = ModelConverters.getInstance(true)
                    .resolveAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(false));
            api.getComponents().addSchemas(PROBLEM, resolved.schema);
            resolved.referencedSchemas.forEach(
                    (name, schema) -> api.getComponents().addSchemas(name, schema));
        };
    }

    @Bean
    OperationCustomizer whatAllCallsHaveInCommon() {
        return (operation, method) -> {
            if (takes(method, PageRequest.class)) {
                paging().forEach(operation::addParametersItem);
            }
            if (takes(method, Wait.class)) {
                operation.addParametersItem(prefer());
            }
            if (operation.getResponses().get("default") == null) {
                operation.getResponses().addApiResponse("default", problem());
            }
            addTypicalProblems(operation);
            return operation;
        };
    }

    private static void addTypicalProblems(Operation operation) {
        var parameters = operation.getParameters();
        boolean hasPathId =
                parameters != null && parameters.stream().anyMatch(parameter -> "path".equals(parameter.getIn()));
        if (hasPathId) {
            operation.getResponses().putIfAbsent("404", problem().description("It is not known, or out of your scope"));
        }
        if (operation.getRequestBody() != null) {
            operation.getResponses().putIfAbsent("422", problem().description("Some fields are not valid"));
        }
        if (parameters != null || operation.getRequestBody() != null) {
            operation.getResponses().putIfAbsent("400", problem().description("The request can't be read"));
        }
    }

    private static boolean takes(HandlerMethod method, Class<?> type) {
        return Arrays.stream(method.getMethodParameters()).anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static List<Parameter> paging() {
        return List.of(
                new QueryParameter()
                        .name("limit")
                        .description("How many items a page has at most")
                        .schema(new IntegerSchema()
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT))
                                ._default(PageRequest.DEFAULT_LIMIT)),
                new QueryParameter()
                        .name("cursor")
                        .description("The nextCursor of the page before; none = the first page")
                        .schema(new StringSchema()));
    }

    private static Parameter prefer() {
        return new HeaderParameter()
                .name("Prefer")
                .description(
                        "wait=N: wait up to N seconds (at most 300) for the end, and answer with what is known then")
                .example("wait=30")
                .schema(new StringSchema());
    }

    private static ApiResponse problem() {
        var schema = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
        return new ApiResponse()
                .description("A problem")
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }
}

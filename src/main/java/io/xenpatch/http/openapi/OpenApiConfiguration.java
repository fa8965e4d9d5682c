package io.xenpatch.http.openapi;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.mixin.ExtensionsMixin;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.PageRequest;
import io.xenpatch.http.Wait;
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
    private static final List<Tag> TAGS = List.of(
            tag("Pools", "Register pools of hosts and see how they are."),
            tag("Inventory", "Hosts, VMs and updates as they were last seen; reading never touches a pool."),
            tag("Assessments", "What an update would do and what speaks against it; without any effect."),
            tag(
                    "Update jobs",
                    "Bring an update to the hosts of pools: live patched where that is possible, otherwise host by host"
                            + " with the VMs moved away. Jobs are kept as history."),
            tag("Maintenance windows", "Times at which jobs may work; they begin no host outside of them."),
            tag("History", "What happened, and who changed what."),
            tag("Problems", "What the types of problems mean, and what to do about them."));

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, PageRequest.class, Wait.class);
        ModelResolver.enumsAsRef = true; // each enum once, with what its values mean
        Json31.mapper().addMixIn(PathItem.class, MethodsInOrder.class);
    }

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        var known = build.getIfAvailable();
        return new OpenAPI()
                .info(new Info()
                        .title("Xenpatch")
                        .version(known == null ? "development" : known.getVersion())
                        .description("""
                                Keeps XenServer, Citrix Hypervisor and XCP-ng pools patched with the least possible downtime.

                                - Times are ISO 8601 in UTC, durations ISO 8601 (`PT15M`), sizes bytes.
                                - Lists are paged: pass `nextCursor` as `cursor` until it is null.
                                - Errors are problems (RFC 9457). Their `type` is stable and leads to an explanation.
                                - Values may be added to enums that answers have, and fields to answers."""))
                .servers(List.of(new Server().url("/").description("This service")));
    }

    @Bean
    Descriptions descriptions() {
        return new Descriptions();
    }

    @Bean
    Nullability nullability() {
        return new Nullability();
    }

    @Bean
    ProblemResponses problemResponses() {
        return new ProblemResponses(new ExampleFiles());
    }

    @Bean
    OperationCustomizer whatManyCallsHaveInCommon() {
        return (operation, method) -> {
            if (takes(method, PageRequest.class)) {
                paging().forEach(operation::addParametersItem);
            }
            if (takes(method, Wait.class)) {
                operation.addParametersItem(prefer());
            }
            return operation;
        };
    }

    /** After everything else that customises: it looks at what the others made. */
    @Bean
    OpenApiCustomizer examplesAndOrder() {
        var examples = new Examples(new ExampleFiles());
        var order = new DocumentOrder(TAGS);
        return api -> {
            examples.customise(api);
            order.customise(api);
        };
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
                        .description("The `nextCursor` of the page before; none = the first page")
                        .schema(new StringSchema()));
    }

    private static Parameter prefer() {
        return new HeaderParameter()
                .name("Prefer")
                .description("For example `wait=30`: wait up to 30 seconds (at most " + Wait.LONGEST.toSeconds()
                        + ") for the end, and answer with what is known then")
                .schema(new StringSchema());
    }

    /** Change before delete; swagger-core has it the other way round. */
    @JsonPropertyOrder({"get", "post", "put", "patch", "delete"})
    private abstract static class MethodsInOrder extends ExtensionsMixin {}

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }
}

package io.xenpatch.job;

import io.xenpatch.assessment.PlanJson;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How the values of a job are kept as JSON: the records as they are. */
@Component
class JobJson {
    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new PlanJson())
            // what an earlier version kept lacks what came later
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    String write(Object value) {
        return mapper.writeValueAsString(value);
    }

    <T> T read(String json, Class<T> type) {
        return mapper.readValue(json, type);
    }
}

package io.xenpatch.problem;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ProblemHandlerTest {
    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new Things())
            .setControllerAdvice(new ProblemHandler())
            .setMessageConverters(new JacksonJsonHttpMessageConverter(JsonMapper.builder()
                    .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()))
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"parts\":[{\"count\":\"many\"}]}   | /parts/0/count | must be a whole number",
                "{\"parts\":[{\"count\":5000000000}]} | /parts/0/count | must be a whole number that is not too large",
                "{\"parts\":[{\"colour\":\"PINK\"}]}  | /parts/0/colour | must be one of RED, GREEN",
                "{\"parts\":[{\"id\":\"no-uuid\"}]}   | /parts/0/id    | must be a UUID",
                "{\"parts\":{}}                       | /parts         | must be a list",
                "{\"prats\":[]}                       | /prats         | is not a field of this request",
            })
    void pointsToTheFieldThatCannotBeRead(String body, String pointer, String message) throws Exception {
        send(body)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.type").value("/problems/malformed-request"))
                .andExpect(jsonPath("$.errors[0].pointer").value(pointer))
                .andExpect(jsonPath("$.errors[0].message").value(message))
                .andExpect(content().string(not(containsString("java"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "{\"parts\": nonsense}", "''", "[1]", "\"text\""})
    void refusesABodyThatIsNoObject(String body) throws Exception {
        send(body)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.type").value("/problems/malformed-request"))
                .andExpect(content().string(not(containsString("jackson"))));
    }

    @Test
    void pointsToTheFieldsThatAreNotValid() throws Exception {
        send("{\"parts\":[{\"count\":0}]}")
                .andExpect(status().is(422))
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.type").value("/problems/validation-failed"))
                .andExpect(jsonPath("$.errors[0].pointer").value("/parts/0/count"));
        send("{\"parts\":[]}")
                .andExpect(status().is(422))
                .andExpect(jsonPath("$.errors[0].pointer").value("/parts"));
    }

    @Test
    void refusesAnIdThatIsNone() throws Exception {
        mvc.perform(get("/things/1"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].pointer").value("id"))
                .andExpect(jsonPath("$.errors[0].message").value("must be a UUID"));
    }

    @Test
    void carriesTheMembersOfAProblem() throws Exception {
        mvc.perform(get("/busy"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.type").value("/problems/pool-busy"))
                .andExpect(jsonPath("$.detail").value("Job 7 holds it."))
                .andExpect(jsonPath("$.instance").value("/busy"))
                .andExpect(jsonPath("$.jobId").value("7"));
    }

    @Test
    void refusesAnotherContentType() throws Exception {
        mvc.perform(post("/things").contentType(MediaType.TEXT_PLAIN).content("x"))
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(jsonPath("$.type").value("/problems/unsupported-media-type"));
    }

    @Test
    void saysThatTheDatabaseIsAway() throws Exception {
        mvc.perform(get("/database"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(content().string(not(containsString("secret"))));
    }

    @Test
    void tellsNothingOfTheInside() throws Exception {
        mvc.perform(get("/bug"))
                .andExpect(status().isInternalServerError())
                .andExpect(jsonPath("$.type").value("/problems/internal-error"))
                .andExpect(jsonPath("$.incident").isNotEmpty())
                .andExpect(content().string(not(containsString("secret"))));
    }

    private ResultActions send(String body) throws Exception {
        return mvc.perform(
                post("/things").contentType(MediaType.APPLICATION_JSON).content(body));
    }

    enum Colour {
        RED,
        GREEN
    }

    record Thing(@NotEmpty List<@Valid Part> parts) {}

    record Part(@Min(1) Integer count, Colour colour, UUID id) {}

    @RestController
    static class Things {
        @PostMapping("/things")
        void make(@Valid @RequestBody Thing thing) {}

        @GetMapping("/things/{id}")
        void read(@PathVariable("id") UUID id) {}

        @GetMapping("/busy")
        void busy() {
            throw new ProblemException(ProblemType.POOL_BUSY, "Job 7 holds it.", List.of(), Map.of("jobId", "7"));
        }

        @GetMapping("/database")
        void database() {
            throw new DataAccessResourceFailureException("secret");
        }

        @GetMapping("/bug")
        void bug() {
            throw new IllegalStateException("secret");
        }
    }
}

package io.xenpatch.http.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * The examples of the description, each a file of what the service really took or answered: {@code
 * openapi/examples/<schema>/<name>.json} and {@code openapi/problems/<slug>.json}, or {@code
 * openapi/problems/<slug>/<subject>.json}. Read when the description is asked for.
 */
final class ExampleFiles {
    /** {@code 2-running.json}: where the order matters, it begins with a number. */
    private static final Pattern NAME = Pattern.compile("^(?:\\d-)?(.+)\\.json$");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ResourcePatternResolver resources = new PathMatchingResourcePatternResolver();

    /**
     * One example.
     *
     * @param name of its file, without its number, for example {@code running}
     */
    record ExampleFile(String name, Map<String, Object> value) {}

    /** The examples of a schema in their order; none when there are no files for it. */
    List<ExampleFile> of(String schema) {
        var found = new ArrayList<ExampleFile>();
        var files = find("classpath*:openapi/examples/" + schema + "/*.json");
        files.sort(Comparator.comparing(Resource::getFilename));
        for (var file : files) {
            found.add(new ExampleFile(
                    NAME.matcher(Objects.requireNonNull(file.getFilename())).replaceFirst("$1"), read(file)));
        }
        return found;
    }

    /** The example of a type of problem, whatever it is about. */
    Map<String, Object> problem(String slug) {
        return read(resources.getResource("classpath:openapi/problems/" + slug + ".json"));
    }

    /**
     * The example of a type of problem with the first of these subjects that there is one for.
     *
     * @param subjects schemas of bodies, names of parameters
     */
    Optional<Map<String, Object>> problem(String slug, List<String> subjects) {
        return subjects.stream()
                .map(subject -> resources.getResource("classpath:openapi/problems/" + slug + "/" + subject + ".json"))
                .filter(Resource::exists)
                .findFirst()
                .map(ExampleFiles::read);
    }

    private List<Resource> find(String pattern) {
        try {
            return Arrays.asList(resources.getResources(pattern));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(Resource file) {
        try (var content = file.getInputStream()) {
            return JSON.readValue(content, LinkedHashMap.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

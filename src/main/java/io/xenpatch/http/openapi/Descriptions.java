package io.xenpatch.http.openapi;

import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.FieldJavadoc;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.springdoc.core.providers.SpringDocJavadocProvider;

/**
 * Takes the descriptions of schemas from the javadoc of records and enums. Springdoc reads javadoc by itself; this writes it as
 * Markdown and says of each value of an enum what it means.
 */
final class Descriptions extends SpringDocJavadocProvider {

    @Override
    public String getClassJavadoc(Class<?> type) {
        var javadoc = RuntimeJavadoc.getJavadoc(type);
        // what follows the first paragraph is for those who work on the code
        var description = Markdown.of(javadoc.getComment()).split("\n\n", 2)[0];
        return type.isEnum() ? description + values(type, javadoc) : description;
    }

    @Override
    public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
        return RuntimeJavadoc.getJavadoc(type).getRecordComponents().stream()
                .collect(Collectors.toMap(ParamJavadoc::getName, component -> Markdown.of(component.getComment())));
    }

    private static String values(Class<?> type, ClassJavadoc javadoc) {
        var meanings = javadoc.getEnumConstants().stream()
                .collect(Collectors.toMap(FieldJavadoc::getName, constant -> Markdown.of(constant.getComment())));
        if (meanings.isEmpty()) {
            return "";
        }
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .map(name -> "- `" + name + "`" + (meanings.containsKey(name) ? ": " + meanings.get(name) : ""))
                .collect(Collectors.joining("\n", "\n\n", ""));
    }
}

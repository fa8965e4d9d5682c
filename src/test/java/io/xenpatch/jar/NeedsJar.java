package io.xenpatch.jar;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class, and says so, where nobody built the jar: in an editor, for instance. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsJar.JarExists.class)
@interface NeedsJar {

    final class JarExists implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Jar.exists()) {
                return ConditionEvaluationResult.enabled("there is a jar");
            }
            var why = "there is no " + Jar.FILE.getFileName() + "; ./mvnw package makes it";
            if (context.getTestMethod().isEmpty()) {
                System.out.println("SKIPPED " + context.getDisplayName() + ": " + why);
            }
            return ConditionEvaluationResult.disabled(why);
        }
    }
}

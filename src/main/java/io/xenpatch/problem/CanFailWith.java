package io.xenpatch.problem;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems that a call of the API can end with; its description shows each with an example. What every call can end with
 * is added by itself: {@code malformed-request}, {@code validation-failed} where there is a body, {@code internal-error} and so on.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CanFailWith {
    ProblemType[] value();
}

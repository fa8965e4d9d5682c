package io.xenpatch.xapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the XAPI message that a port method sends, and its effect. Every method of a {@code …Calls} interface has one, and that of the mirror. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface XapiCall {

    /** The message, without {@code Async.}, for example {@code host.reboot}; the main one where a method sends several. */
    String value();

    /** What else it sends that changes something, with the same effect. */
    String[] also() default {};

    Effect effect();
}

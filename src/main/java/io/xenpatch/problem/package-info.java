/** RFC 9457 problems: their types, the exception that carries one, and the handler that answers. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.xenpatch.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

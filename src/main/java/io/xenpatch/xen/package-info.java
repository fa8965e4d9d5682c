/** The words of the field: identifiers, enums and immutable values that every other room speaks in. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.xenpatch.xen;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

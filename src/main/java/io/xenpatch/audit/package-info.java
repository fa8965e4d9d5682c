/** Who changed what; appended in the transaction of the change. */
@ApplicationModule(allowedDependencies = {"caller", "http", "problem"})
@NullMarked
package io.xenpatch.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

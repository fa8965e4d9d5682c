/** Who changed what; appended in the transaction of the change. */
@ApplicationModule(allowedDependencies = {"caller", "problem"})
@NullMarked
package io.xenpatch.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

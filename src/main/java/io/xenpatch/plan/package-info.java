/** Pure planning: what a host needs after an update, decided once for assessment and job alike. */
@ApplicationModule(allowedDependencies = {"xen"})
@NullMarked
package io.xenpatch.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

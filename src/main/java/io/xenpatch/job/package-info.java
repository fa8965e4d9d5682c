/** Update jobs: accepted, run host by host, kept as history. */
@ApplicationModule(allowedDependencies = {"xen"})
@NullMarked
package io.xenpatch.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

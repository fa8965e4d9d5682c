/** The demo: simulated pools, and update jobs on them through the public HTTP API. */
@ApplicationModule(allowedDependencies = "simulator")
@NullMarked
package io.xenpatch.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Update images on their way into pools: taken as a stream, written, introduced, and removed when that fails. */
@ApplicationModule(allowedDependencies = {"xen", "xapi", "eventlog", "audit", "caller", "http", "problem", "pool"})
@NullMarked
package io.xenpatch.updates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

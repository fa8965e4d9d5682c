/** Registered pools: credentials, pins, watching, and the inventory that readers see. */
@ApplicationModule(allowedDependencies = {"xen", "xapi", "egress", "eventlog", "audit", "caller", "http", "problem"})
@NullMarked
package io.xenpatch.pool;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * How updates come into pools: images are taken as a stream, written, introduced, and removed when that fails; pools are told to fetch what
 * their repositories have.
 */
@ApplicationModule(allowedDependencies = {"xen", "xapi", "eventlog", "audit", "caller", "http", "problem", "pool"})
@NullMarked
package io.xenpatch.updates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

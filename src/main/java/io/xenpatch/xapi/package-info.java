/** The port to pools: one interface a XAPI class, XAPI's verbs, sealed failures. Its signatures know no HTTP, no JSON, no references but a task's. */
@ApplicationModule(allowedDependencies = {"xen", "egress", "problem"})
@NullMarked
package io.xenpatch.xapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

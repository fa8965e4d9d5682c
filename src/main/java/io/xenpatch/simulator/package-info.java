/** An XAPI speaker over the wire for demo, tests and rehearsal: simulated pools, their faults and the journal of what was done to them. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.xenpatch.simulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

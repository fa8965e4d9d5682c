/** The one outgoing HTTP client of the process, and its pinned TLS. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.xenpatch.egress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

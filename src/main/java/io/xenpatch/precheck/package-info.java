/** What speaks against an update: small pure rules that judge a situation, and the fixes they name. */
@ApplicationModule(allowedDependencies = {"xen", "plan"})
@NullMarked
package io.xenpatch.precheck;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

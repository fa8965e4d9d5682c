/** Who is asking: identity, role, and the label scope that limits what they see. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.xenpatch.caller;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

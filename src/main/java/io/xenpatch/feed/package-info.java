/** The update feed: what was published for which version of the server, read from a configured place and kept at hand. */
@ApplicationModule(allowedDependencies = {"xen", "egress", "problem"})
@NullMarked
package io.xenpatch.feed;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

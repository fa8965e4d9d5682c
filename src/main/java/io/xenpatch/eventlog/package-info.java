/** The ordered log of everything that happened; pages and live streams read it. */
@ApplicationModule(allowedDependencies = {"caller", "http", "problem"})
@NullMarked
package io.xenpatch.eventlog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

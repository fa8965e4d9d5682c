/** PostgreSQL, configured or embedded; migrations; the scheduler's set-up. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.xenpatch.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

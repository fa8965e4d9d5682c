/** Manners of the HTTP API: cursors, ETags, {@code Prefer}, idempotency keys, limits. */
@ApplicationModule(allowedDependencies = {"caller", "problem"})
@NullMarked
package io.xenpatch.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * All HTTP that leaves the process: one client for calls, one for large bodies, both with pinned TLS, and one for documents of servers
 * that certificate authorities vouch for.
 */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.xenpatch.egress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

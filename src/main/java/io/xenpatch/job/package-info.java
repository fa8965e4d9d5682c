/** Update jobs: accepted, run host by host, kept as history. */
@ApplicationModule(
        allowedDependencies = {
            "xen",
            "xapi",
            "egress",
            "eventlog",
            "audit",
            "caller",
            "http",
            "problem",
            "pool",
            "feed",
            "precheck",
            "plan",
            "assessment"
        })
@NullMarked
package io.xenpatch.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** Assessments: observe, decide, plan, judge; stored, without any effect on a pool. */
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
            "plan"
        })
@NullMarked
package io.xenpatch.assessment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

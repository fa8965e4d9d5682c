/** What XAPI concludes from a repository of updates for a host: versions, guidance, live patches, pending lists. Pure. */
@NullMarked
package io.xenpatch.simulator.repository;

import org.jspecify.annotations.NullMarked;

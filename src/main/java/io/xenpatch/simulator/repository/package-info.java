/** How XAPI reads a repository of updates and what it concludes for a host: versions, guidance, live patches, pending lists. Pure. */
@NullMarked
package io.xenpatch.simulator.repository;

import org.jspecify.annotations.NullMarked;

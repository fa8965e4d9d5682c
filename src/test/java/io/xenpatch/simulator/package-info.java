/** The simulator over the wire. */
@NullMarked
package io.xenpatch.simulator;

import org.jspecify.annotations.NullMarked;

/** Clients that others wrote, against the simulator: what they can't tell from a pool is like one. */
@NullMarked
package io.xenpatch.foreign;

import org.jspecify.annotations.NullMarked;

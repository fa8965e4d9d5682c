/** What a simulated pool does: calls, tasks, events, hosts that restart, guests that move, updates that apply. */
@NullMarked
package io.xenpatch.simulator.pool;

import org.jspecify.annotations.NullMarked;

/** The XAPI database of one simulated pool: classes, rows, relations and the order of their changes. */
@NullMarked
package io.xenpatch.simulator.model;

import org.jspecify.annotations.NullMarked;

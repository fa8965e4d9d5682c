/** The finished jar: the service, the simulator and the demo as the processes that a person starts. */
@NullMarked
package io.xenpatch.jar;

import org.jspecify.annotations.NullMarked;

/** The only package of the simulator that knows Netty: listeners, TLS, uploads, XAPI's HTTP manners, the journal and fault end points. */
@NullMarked
package io.xenpatch.simulator.http;

import org.jspecify.annotations.NullMarked;

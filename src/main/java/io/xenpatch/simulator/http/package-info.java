/** The only package that knows Netty: listeners, TLS, XAPI's HTTP manners, the journal and fault end points. */
@NullMarked
package io.xenpatch.simulator.http;

import org.jspecify.annotations.NullMarked;

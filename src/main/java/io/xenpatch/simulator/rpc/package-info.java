/** The words of the wire: JSON-RPC requests and answers, and values as XML fragments. */
@NullMarked
package io.xenpatch.simulator.rpc;

import org.jspecify.annotations.NullMarked;

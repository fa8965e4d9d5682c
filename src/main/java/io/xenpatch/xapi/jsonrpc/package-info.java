/** The adapter: JSON-RPC over HTTPS, sessions, coordinator following, references, tasks, events. */
@NullMarked
package io.xenpatch.xapi.jsonrpc;

import org.jspecify.annotations.NullMarked;

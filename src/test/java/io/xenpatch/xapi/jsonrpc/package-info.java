@NullMarked
package io.xenpatch.xapi.jsonrpc;

import org.jspecify.annotations.NullMarked;

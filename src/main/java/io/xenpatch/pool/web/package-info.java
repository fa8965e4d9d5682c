/** The pool room's part of the HTTP API. */
@NullMarked
package io.xenpatch.pool.web;

import org.jspecify.annotations.NullMarked;

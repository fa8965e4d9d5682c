/** The HTTP face of this room. */
@NullMarked
package io.xenpatch.eventlog.web;

import org.jspecify.annotations.NullMarked;

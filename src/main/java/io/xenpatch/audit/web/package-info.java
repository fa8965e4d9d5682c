/** The HTTP face of this room. */
@NullMarked
package io.xenpatch.audit.web;

import org.jspecify.annotations.NullMarked;

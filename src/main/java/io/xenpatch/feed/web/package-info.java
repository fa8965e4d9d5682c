/** The HTTP face of this room. */
@NullMarked
package io.xenpatch.feed.web;

import org.jspecify.annotations.NullMarked;

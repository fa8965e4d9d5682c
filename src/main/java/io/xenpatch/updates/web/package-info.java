/** The HTTP API of uploads. */
@NullMarked
package io.xenpatch.updates.web;

import org.jspecify.annotations.NullMarked;

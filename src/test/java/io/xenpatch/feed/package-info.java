@NullMarked
package io.xenpatch.feed;

import org.jspecify.annotations.NullMarked;

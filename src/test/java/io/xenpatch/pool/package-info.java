@NullMarked
package io.xenpatch.pool;

import org.jspecify.annotations.NullMarked;

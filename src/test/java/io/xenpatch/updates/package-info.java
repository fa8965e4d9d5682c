@NullMarked
package io.xenpatch.updates;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.xenpatch.assessment;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.xenpatch.egress;

import org.jspecify.annotations.NullMarked;

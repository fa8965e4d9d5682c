/** The HTTP API of update jobs. */
@NullMarked
package io.xenpatch.job.web;

import org.jspecify.annotations.NullMarked;

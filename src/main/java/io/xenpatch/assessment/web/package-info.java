/** The HTTP API of assessments. */
@NullMarked
package io.xenpatch.assessment.web;

import org.jspecify.annotations.NullMarked;

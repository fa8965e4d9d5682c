/** The description of the API, served at {@code /v3/api-docs} and shown at {@code /swagger-ui.html}. */
@NullMarked
package io.xenpatch.http.openapi;

import org.jspecify.annotations.NullMarked;

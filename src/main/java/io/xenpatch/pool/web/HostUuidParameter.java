package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a host's uuid in a path. */
@Parameter(description = "XAPI uuid of the host", example = "dd528a63-1663-3385-b9b7-ec119a95e260")
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface HostUuidParameter {}

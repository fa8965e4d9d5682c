package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a pool's uuid in a path. */
@Parameter(description = "XAPI uuid of the pool", example = "7121f6a3-0e0d-3c14-8ed0-5368f7366f79")
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface PoolUuidParameter {}

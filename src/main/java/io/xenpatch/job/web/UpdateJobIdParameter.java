package io.xenpatch.job.web;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a job's id in a path. */
@Parameter(description = "Id of the update job", example = "639cffac-dadd-4ecc-b8e2-2f9814925fee")
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface UpdateJobIdParameter {}

package io.xenpatch.assessment.web;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes an assessment's id in a path. */
@Parameter(description = "Id of the assessment", example = "1a6b47b7-8c89-499a-925f-fa33d97eec41")
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface AssessmentIdParameter {}

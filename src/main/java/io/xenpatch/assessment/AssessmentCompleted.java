package io.xenpatch.assessment;

import java.util.UUID;

/** Published as a Spring event in the transaction in which an assessment ended. */
public record AssessmentCompleted(UUID assessment) {}

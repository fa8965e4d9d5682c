package io.xenpatch.simulator.repository;

import org.jspecify.annotations.Nullable;

/**
 * A package in a repository.
 *
 * @param updateId the update that brings it; null if none does
 */
public record OfferedPackage(RpmPackage rpm, @Nullable String updateId) {}

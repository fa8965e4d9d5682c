package io.xenpatch.plan;

/** What a host says of itself after the apply, from which it is decided once more (R5). */
public sealed interface Observation permits AppliedObservation, PackageObservation, RepositoryObservation {

    /** The decision that follows from it and from what was planned. */
    HostDecision decide(HostDecision planned);
}

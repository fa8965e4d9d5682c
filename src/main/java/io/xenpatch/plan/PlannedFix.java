package io.xenpatch.plan;

import io.xenpatch.xen.HostUuid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fix that a job is to make.
 *
 * @param subject what is changed: the pool, a host, a VM, a VM's drive or a host's connection to storage, by the code
 * @param name of the subject, for people
 * @param host the host for whose sake it is made, and after whose return it is taken back; null when it is the whole pool's
 * @param needed whether something can't be done without it; the others spare trouble
 */
public record PlannedFix(
        FixCode code, UUID subject, String name, @Nullable HostUuid host, boolean needed, Moment moment) {

    /** When it is made (R35). */
    public enum Moment {
        /** What is planned depends on it. */
        BEFORE_PLAN,
        /** Before the first host that needs it. */
        BEFORE_HOST,
        /** Directly before its host is evacuated, when nothing else keeps that from being done. */
        BEFORE_EVACUATION
    }

    /** At the moment that is usual for such a fix. */
    public PlannedFix(FixCode code, UUID subject, String name, @Nullable HostUuid host, boolean needed) {
        this(code, subject, name, host, needed, code.usualMoment());
    }

    /** The same, to spare trouble only. */
    public PlannedFix unneeded() {
        return new PlannedFix(code, subject, name, host, false, moment);
    }

    /** The same at another moment. */
    public PlannedFix at(Moment when) {
        return new PlannedFix(code, subject, name, host, needed, when);
    }

    /** Whether both change the same thing in the same way. */
    public boolean isSameAs(PlannedFix other) {
        return code == other.code && subject.equals(other.subject);
    }
}

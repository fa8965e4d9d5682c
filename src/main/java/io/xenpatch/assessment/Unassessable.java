package io.xenpatch.assessment;

import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.precheck.Scope;
import io.xenpatch.precheck.Severity;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.UpdateUuid;
import java.util.Map;
import java.util.UUID;

/** What stands against a pool that can't be judged at all. */
final class Unassessable {

    private Unassessable() {}

    static PrecheckRow unreachable(PoolSlice slice, XapiFailure failure) {
        return row(
                slice,
                "POOL_UNREACHABLE",
                "Pool " + slice.name() + " can't be read",
                why(failure)
                        + " Nothing is known of its present state, so nothing may start. Try again when the pool's "
                        + "connection state is CONNECTED.",
                Map.of("cause", failure.getClass().getSimpleName()));
    }

    static PrecheckRow gone(PoolSlice slice, ProblemException problem) {
        return row(
                slice,
                "POOL_NOT_REGISTERED",
                "Pool " + slice.name() + " is no longer registered",
                "It was forgotten after this assessment was asked for.",
                Map.of("cause", problem.type().slug()));
    }

    static PrecheckRow updateGone(PoolSlice slice, UpdateUuid update) {
        return row(
                slice,
                "UPDATE_NOT_FOUND",
                "Pool " + slice.name() + " does not know update " + update,
                "The update was removed from the pool, or was never there. Upload it and assess again.",
                Map.of("updateUuid", update.value()));
    }

    private static String why(XapiFailure failure) {
        return failure.fold(
                refused -> "It refuses to be read: " + refused.code() + ".",
                unreachable -> "It does not answer.",
                lost -> "Its answer does not come.",
                certificate -> "It presents another certificate than the pinned one.",
                authentication -> "It refuses the credentials.",
                notXapi -> "What answers there does not speak XAPI.");
    }

    private static PrecheckRow row(
            PoolSlice slice, String code, String title, String detail, Map<String, Object> parameters) {
        UUID pool = slice.pool().value();
        return new PrecheckRow(
                code, Severity.BLOCKING, Scope.POOL, pool, pool, null, title, detail, parameters, null, false);
    }
}

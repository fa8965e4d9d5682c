package io.xenpatch.pool;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.XapiFailure;
import java.util.List;
import java.util.Map;

/** The problem that a failed call to a pool is for the caller of the API. */
public final class XapiProblems {

    private XapiProblems() {}

    /** @param poolName how the person knows the pool: its name, or the address while it is not registered yet */
    public static ProblemException of(XapiFailure failure, String poolName) {
        return failure.fold(
                refused -> problem(
                        ProblemType.POOL_REFUSED,
                        "Pool " + poolName + " refused the call: " + refused.code(),
                        Map.of("xapiError", xapiError(refused))),
                unreachable -> problem(
                        ProblemType.POOL_UNREACHABLE,
                        "Pool " + poolName + " can't be reached: there is no connection.",
                        Map.of()),
                lost -> problem(
                        ProblemType.POOL_UNREACHABLE,
                        "Pool " + poolName + " was reached, but its answer did not come or could not be read.",
                        Map.of()),
                certificate -> problem(
                        ProblemType.CERTIFICATE_CHANGED,
                        "Pool " + poolName + " presents a certificate with the SHA-256 fingerprint "
                                + certificate.presented()
                                + ", which is not the expected one. If that is right, confirm it by giving it as"
                                + " tlsFingerprint.",
                        Map.of("presentedFingerprint", certificate.presented())),
                authentication -> problem(
                        ProblemType.POOL_AUTHENTICATION_FAILED,
                        "Pool " + poolName + " refuses the username or the password.",
                        Map.of()),
                notXapi -> problem(
                        ProblemType.NOT_A_POOL,
                        "What answers at " + poolName + " does not speak XAPI. Is it the management address of a host?",
                        Map.of()));
    }

    private static List<String> xapiError(XapiFailure.Refused refused) {
        var error = new java.util.ArrayList<String>();
        error.add(refused.code());
        error.addAll(refused.parameters());
        return List.copyOf(error);
    }

    private static ProblemException problem(ProblemType type, String detail, Map<String, Object> properties) {
        return new ProblemException(type, detail, List.of(), properties);
    }
}

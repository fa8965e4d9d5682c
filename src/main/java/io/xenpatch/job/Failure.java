package io.xenpatch.job;

import java.util.List;

/**
 * Why something failed or was left out.
 *
 * @param code stable, for example {@code HOST_DID_NOT_RETURN}
 * @param detail what state things are in and what a person can do
 * @param xapiError code and parameters of the error that XAPI gave; empty when it was not XAPI that said no
 */
public record Failure(String code, String detail, List<String> xapiError) {

    public Failure {
        xapiError = List.copyOf(xapiError);
    }

    static Failure of(String code, String detail) {
        return new Failure(code, detail, List.of());
    }
}

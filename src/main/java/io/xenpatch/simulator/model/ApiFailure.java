package io.xenpatch.simulator.model;

import java.util.List;

/** An API error as XAPI reports it: a code and string parameters. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<String> params;

    public ApiFailure(String code, List<String> params) {
        super(code + params, null, false, false);
        this.code = code;
        this.params = List.copyOf(params);
    }

    public static ApiFailure of(String code, String... params) {
        return new ApiFailure(code, List.of(params));
    }

    public String code() {
        return code;
    }

    public List<String> params() {
        return params;
    }

    /** Code and parameters in one list, as {@code task.error_info} shows them. */
    public List<String> words() {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(code), params.stream())
                .toList();
    }
}

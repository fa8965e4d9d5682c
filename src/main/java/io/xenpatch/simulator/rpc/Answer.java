package io.xenpatch.simulator.rpc;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.List;
import java.util.function.Function;

/** What a call comes to: a value, an API error, or an error from before the dispatcher (a bare array on the wire). */
public sealed interface Answer {

    /** Turns each form into one thing. */
    <T> T fold(Function<Object, T> result, Function<ApiFailure, T> failure, Function<List<String>, T> early);

    static Answer of(Object value) {
        return new Result(value);
    }

    static Answer failed(ApiFailure failure) {
        return new Failure(failure);
    }

    static Answer early(String... words) {
        return new Early(List.of(words));
    }

    /** A value of the data model. */
    record Result(Object value) implements Answer {
        @Override
        public <T> T fold(
                Function<Object, T> result, Function<ApiFailure, T> failure, Function<List<String>, T> early) {
            return result.apply(value);
        }
    }

    /** An API error. */
    record Failure(ApiFailure cause) implements Answer {
        @Override
        public <T> T fold(
                Function<Object, T> result, Function<ApiFailure, T> failure, Function<List<String>, T> early) {
            return failure.apply(cause);
        }
    }

    /** An error of a host that is not ready to look at calls. */
    record Early(List<String> words) implements Answer {
        @Override
        public <T> T fold(
                Function<Object, T> result, Function<ApiFailure, T> failure, Function<List<String>, T> early) {
            return early.apply(words);
        }
    }
}

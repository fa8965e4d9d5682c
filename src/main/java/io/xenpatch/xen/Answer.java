package io.xenpatch.xen;

import java.util.List;
import java.util.function.Function;

/** A question to the server: answered, failed, or not asked for a reason. */
public sealed interface Answer<V> {

    <R> R fold(Function<V, R> answered, Function<Failed<V>, R> failed, Function<NotAsked<V>, R> notAsked);

    /** The value, or this one when there is none. */
    default V orElse(V other) {
        return fold(value -> value, failed -> other, notAsked -> other);
    }

    static <V> Answer<V> of(V value) {
        return new Given<>(value);
    }

    static <V> Answer<V> failed(String code, List<String> parameters) {
        return new Failed<>(code, parameters);
    }

    static <V> Answer<V> notAsked(String reason) {
        return new NotAsked<>(reason);
    }

    record Given<V>(V value) implements Answer<V> {
        @Override
        public <R> R fold(Function<V, R> answered, Function<Failed<V>, R> failed, Function<NotAsked<V>, R> notAsked) {
            return answered.apply(value);
        }
    }

    /** @param code XAPI's error code, or {@code NO_ANSWER} when the server did not answer in time */
    record Failed<V>(String code, List<String> parameters) implements Answer<V> {

        public Failed {
            parameters = List.copyOf(parameters);
        }

        @Override
        public <R> R fold(Function<V, R> answered, Function<Failed<V>, R> failed, Function<NotAsked<V>, R> notAsked) {
            return failed.apply(this);
        }
    }

    /** @param reason for people, for example "already applied" */
    record NotAsked<V>(String reason) implements Answer<V> {
        @Override
        public <R> R fold(Function<V, R> answered, Function<Failed<V>, R> failed, Function<NotAsked<V>, R> notAsked) {
            return notAsked.apply(this);
        }
    }
}

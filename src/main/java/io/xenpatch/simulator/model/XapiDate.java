package io.xenpatch.simulator.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** A date as the wire has it: a string such as {@code 20261123T01:28:10Z} in JSON, a type of its own in XML. */
public record XapiDate(@JsonValue String text) {
    @Override
    public String toString() {
        return text;
    }
}

package io.xenpatch.simulator.model;

import org.jspecify.annotations.Nullable;

/** Two fields that always tell the same: a reference here and a set there, or a set on both sides. */
record Relation(End here, End there) {

    record End(String className, String fieldName) {
        End(String dotted) {
            this(dotted.substring(0, dotted.indexOf('.')), dotted.substring(dotted.indexOf('.') + 1));
        }

        @Nullable
        XapiField field(Datamodel datamodel) {
            var found = datamodel.find(className);
            return found == null ? null : found.field(fieldName);
        }
    }
}

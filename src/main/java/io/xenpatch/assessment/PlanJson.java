package io.xenpatch.assessment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.xenpatch.plan.AppliedObservation;
import io.xenpatch.plan.Observation;
import io.xenpatch.plan.PackageObservation;
import io.xenpatch.plan.RepositoryObservation;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.xen.HostUuid;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How the values of plans that records alone don't tell are kept as JSON; the plan itself knows no JSON. */
public final class PlanJson extends SimpleModule {

    /** To be added to the mapper that keeps such values. */
    public PlanJson() {
        super("xenpatch-plan");
        addSerializer(new ChoiceWriter());
        addDeserializer(UpdateChoice.class, new ChoiceReader());
        addKeyDeserializer(HostUuid.class, new HostReader());
        setMixInAnnotation(Observation.class, ObservationKinds.class);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({
        @JsonSubTypes.Type(AppliedObservation.class),
        @JsonSubTypes.Type(PackageObservation.class),
        @JsonSubTypes.Type(RepositoryObservation.class)
    })
    private interface ObservationKinds {}

    private static final class ChoiceWriter extends StdSerializer<UpdateChoice> {
        ChoiceWriter() {
            super(UpdateChoice.class);
        }

        @Override
        public void serialize(UpdateChoice choice, JsonGenerator json, SerializationContext context) {
            json.writeString(choice.word());
        }
    }

    private static final class ChoiceReader extends StdDeserializer<UpdateChoice> {
        ChoiceReader() {
            super(UpdateChoice.class);
        }

        @Override
        public UpdateChoice deserialize(JsonParser json, DeserializationContext context) {
            return UpdateChoice.parse(json.getValueAsString(""));
        }
    }

    private static final class HostReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return HostUuid.of(key);
        }
    }
}

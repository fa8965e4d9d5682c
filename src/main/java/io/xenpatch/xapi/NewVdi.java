package io.xenpatch.xapi;

import io.xenpatch.xen.SrUuid;
import java.util.Map;

/**
 * An image to be created, of type {@code user}.
 *
 * @param size bytes
 */
public record NewVdi(SrUuid sr, String name, String description, long size, Map<String, String> otherConfig) {

    public NewVdi {
        otherConfig = Map.copyOf(otherConfig);
    }
}

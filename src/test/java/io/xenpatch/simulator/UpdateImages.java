package io.xenpatch.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Images of updates as simulated pools read them (docs/simulator.md). */
public final class UpdateImages {

    private UpdateImages() {}

    /** The beginning of an image. */
    public static byte[] head(String uuid, String name, String guidance) {
        var text = """
                XENPATCH SIMULATED UPDATE 1
                <update uuid="%s" name-label="%s" version="1.1" key="update-key" installation-size="1234"
                        after-apply-guidance="%s">
                  <name-description>Uploaded in a test</name-description>
                </update>
                """.formatted(uuid, name, guidance);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A whole image of so many bytes. */
    public static byte[] image(String uuid, String name, int size) {
        return Arrays.copyOf(head(uuid, name, "restartHost"), size);
    }
}

package io.xenpatch;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void keepsEveryRoomWithinItsAllowedDependencies() {
        ApplicationModules.of(XenpatchApplication.class).verify();
    }
}

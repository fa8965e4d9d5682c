package io.xenpatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoOptionsTests {

    @Test
    void keepsToItsOwnDirectoryUnlessAnotherIsNamed() {
        assertThat(parse(Map.of()).dataDirectory()).isEqualTo(Path.of("./data/demo"));
        assertThat(parse(Map.of("XENPATCH_DATA_DIRECTORY", "some/where")).dataDirectory())
                .isEqualTo(Path.of("some/where"));
    }

    @Test
    void passesSettingsOnAndBelievesThemBeforeTheEnvironment() {
        var options = parse(Map.of("SERVER_PORT", "1"), "--server.port=18080", "--exit");

        assertThat(options.listensOn().getPort()).isEqualTo(18080);
        assertThat(options.serviceArguments()).contains("--server.port=18080");
        assertThat(options.exits()).isTrue();
    }

    @Test
    void tellsTheServiceEachSettingOnce() {
        var options = parse(Map.of(), "--xenpatch.data-directory=some/where", "--logging.file.name=its.log");

        assertThat(options.serviceArguments())
                .containsOnlyOnce("--xenpatch.data-directory=some/where")
                .filteredOn(setting -> setting.startsWith("--logging.file.name="))
                .containsExactly("--logging.file.name=its.log");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(Map.of(), "--fast"))
                .withMessageContaining("--fast");
        assertThatIllegalArgumentException().isThrownBy(() -> parse(Map.of("SERVER_PORT", "http")));
    }

    private static DemoOptions parse(Map<String, String> environment, String... args) {
        return DemoOptions.parse(args, environment);
    }
}

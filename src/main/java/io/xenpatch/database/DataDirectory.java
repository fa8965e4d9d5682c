package io.xenpatch.database;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the service keeps its files.
 *
 * @param dataDirectory {@code xenpatch.data-directory}; made on first use, for its owner only
 */
@Validated
@ConfigurationProperties("xenpatch")
record DataDirectory(@NotNull Path dataDirectory) {

    Path path() {
        return dataDirectory.toAbsolutePath().normalize();
    }
}

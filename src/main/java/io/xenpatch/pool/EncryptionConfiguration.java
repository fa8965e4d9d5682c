package io.xenpatch.pool;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds the key for stored credentials. */
@Configuration(proxyBeanMethods = false)
class EncryptionConfiguration {

    @Bean
    SecretBox secretBox(PoolSettings settings, @Value("${xenpatch.data-directory:./data}") Path dataDirectory) {
        String configured = settings.encryptionKey();
        return new SecretBox(
                configured == null || configured.isBlank()
                        ? EncryptionKey.inDirectory(dataDirectory)
                        : EncryptionKey.parse(configured, "xenpatch.pool.encryption-key"));
    }
}

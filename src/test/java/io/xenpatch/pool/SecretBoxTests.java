package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.xen.PoolUuid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTests {
    private static final PoolUuid POOL = new PoolUuid(UUID.randomUUID());
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    private Path directory;

    private final SecretBox box = new SecretBox(EncryptionKey.parse(KEY, "test"));

    @Test
    void opensWhatItSealed() {
        var sealed = box.seal(POOL, "password", "geheim ☃");

        assertThat(sealed).matches("v1:[0-9a-f]{8}:[\\w-]{16}:[\\w-]+").doesNotContain("geheim");
        assertThat(box.open(POOL, "password", sealed)).isEqualTo("geheim ☃");
        assertThat(box.seal(POOL, "password", "geheim ☃"))
                .as("a nonce of its own")
                .isNotEqualTo(sealed);
    }

    @Test
    void refusesASecretOfAnotherPoolOrField() {
        var sealed = box.seal(POOL, "password", "geheim");

        assertThatThrownBy(() -> box.open(new PoolUuid(UUID.randomUUID()), "password", sealed))
                .isInstanceOf(EncryptionKeyUnusable.class)
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> box.open(POOL, "username", sealed)).isInstanceOf(EncryptionKeyUnusable.class);
    }

    @Test
    void refusesAnAlteredSecret() {
        var sealed = box.seal(POOL, "password", "geheim");
        char middle = sealed.charAt(sealed.length() - 5);
        var altered = sealed.substring(0, sealed.length() - 5)
                + (middle == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 4);

        assertThatThrownBy(() -> box.open(POOL, "password", altered)).isInstanceOf(EncryptionKeyUnusable.class);
        assertThatThrownBy(() -> box.open(POOL, "password", "v2:x:y:z")).isInstanceOf(EncryptionKeyUnusable.class);
        assertThatThrownBy(() -> box.open(POOL, "password", "")).isInstanceOf(EncryptionKeyUnusable.class);
    }

    @Test
    void namesBothKeysWhenItHasTheWrongOne() {
        var other = new SecretBox(EncryptionKey.parse(
                Base64.getEncoder().encodeToString(new byte[] {
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                }),
                "test"));
        var sealed = other.seal(POOL, "password", "geheim");

        assertThatThrownBy(() -> box.open(POOL, "password", sealed))
                .isInstanceOf(EncryptionKeyUnusable.class)
                .hasMessageContaining(sealed.split(":", -1)[1])
                .hasMessageContaining("the key at hand is");
    }

    @Test
    void generatesAKeyThatOnlyTheOwnerCanReadAndKeepsIt() throws IOException {
        var first = EncryptionKey.inDirectory(directory.resolve("data"));
        var file = directory.resolve("data").resolve(EncryptionKey.FILE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(EncryptionKey.inDirectory(directory.resolve("data"))).isEqualTo(first);
        assertThat(first.toString()).doesNotContain(Files.readString(file));
    }

    @Test
    void saysWhatIsWrongWithAKey() throws IOException {
        assertThatThrownBy(() -> EncryptionKey.parse("c2hvcnQ=", "xenpatch.pool.encryption-key"))
                .isInstanceOf(EncryptionKeyUnusable.class)
                .hasMessage("xenpatch.pool.encryption-key holds 5 bytes instead of 32.");
        Files.writeString(directory.resolve(EncryptionKey.FILE), "!!");
        assertThatThrownBy(() -> EncryptionKey.inDirectory(directory)).hasMessageContaining("is not base64");
    }

    @Test
    void tellsAPersonWhatToDo() {
        var analysis = java.util.Objects.requireNonNull(new EncryptionKeyFailureAnalyzer()
                .analyze(new IllegalStateException(new EncryptionKeyUnusable("It is wrong."))));

        assertThat(analysis.getDescription()).isEqualTo("It is wrong.");
        assertThat(analysis.getAction()).contains("XENPATCH_POOL_ENCRYPTION_KEY", "encryption.key");
    }
}

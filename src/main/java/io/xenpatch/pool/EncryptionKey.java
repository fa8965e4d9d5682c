package io.xenpatch.pool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that encrypts stored credentials, and its name. Prints without the key.
 *
 * @param id the first 8 hex digits of the key's SHA-256: tells keys apart, tells nothing of the key
 */
record EncryptionKey(String id, SecretKey key) {
    static final String FILE = "encryption.key";
    private static final int BYTES = 32;
    private static final int ID_DIGITS = 8;

    /** @throws EncryptionKeyUnusable when it is not the base64 of 32 bytes */
    static EncryptionKey parse(String base64, String source) {
        byte[] bytes = decode(base64, source);
        if (bytes.length != BYTES) {
            throw new EncryptionKeyUnusable(source + " holds " + bytes.length + " bytes instead of " + BYTES + ".");
        }
        return new EncryptionKey(idOf(bytes), new SecretKeySpec(bytes, "AES"));
    }

    /**
     * The key in the data directory; generated, readable by the owner only, when there is none yet.
     *
     * @throws EncryptionKeyUnusable when the file can't be read or written, or holds something else
     */
    static EncryptionKey inDirectory(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                generate(file);
            }
            return parse(Files.readString(file), "The file " + file);
        } catch (IOException e) {
            throw new EncryptionKeyUnusable("The file " + file + " can't be used: " + e + ".");
        }
    }

    private static void generate(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(java.nio.ByteBuffer.wrap(Base64.getEncoder().encode(bytes)));
        } catch (FileAlreadyExistsException e) {
            // another instance on this directory was first: its key is the key
            return;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] decode(String base64, String source) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new EncryptionKeyUnusable(source + " is not base64.");
        }
    }

    private static String idOf(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "EncryptionKey[" + id + "]";
    }
}

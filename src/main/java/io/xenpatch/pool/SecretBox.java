package io.xenpatch.pool;

import io.xenpatch.xen.PoolUuid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens stored secrets with AES-256-GCM: {@code v1:<keyId>:<nonce>:<ciphertext>}, base64url. Pool and field are
 * associated data, so a sealed text can't be moved to another pool or field.
 */
final class SecretBox {
    private static final String VERSION = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Pattern COLON = Pattern.compile(":");

    private final EncryptionKey key;
    private final SecureRandom random = new SecureRandom();

    SecretBox(EncryptionKey key) {
        this.key = key;
    }

    String seal(PoolUuid pool, String field, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, pool, field).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            var base64 = Base64.getUrlEncoder().withoutPadding();
            return String.join(":", VERSION, key.id(), base64.encodeToString(nonce), base64.encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** @throws EncryptionKeyUnusable when it was sealed with another key, for another pool or field, or was altered */
    String open(PoolUuid pool, String field, String sealed) {
        String[] parts = COLON.split(sealed, -1);
        if (parts.length != 4 || !parts[0].equals(VERSION)) {
            throw new EncryptionKeyUnusable("The stored " + field + " of pool " + pool + " has an unknown form.");
        }
        if (!parts[1].equals(key.id())) {
            throw new EncryptionKeyUnusable("The stored " + field + " of pool " + pool + " was encrypted with key "
                    + parts[1] + ", but the key at hand is " + key.id() + ".");
        }
        try {
            var base64 = Base64.getUrlDecoder();
            byte[] secret = cipher(Cipher.DECRYPT_MODE, base64.decode(parts[2]), pool, field)
                    .doFinal(base64.decode(parts[3]));
            return new String(secret, StandardCharsets.UTF_8);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new EncryptionKeyUnusable("The stored " + field + " of pool " + pool + " was altered.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, PoolUuid pool, String field) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((pool + "/" + field).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

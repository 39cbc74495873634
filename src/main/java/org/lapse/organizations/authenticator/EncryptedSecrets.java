package org.lapse.organizations.authenticator;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.lapse.platform.database.StoragePassphrase;

/**
 * How the secret of a user's authenticator app, or a key of ours, is written down: encrypted with AES-GCM where there
 * is a {@link StoragePassphrase}, so that anybody who reads the database cannot make codes. A secret belongs to its
 * user, or its id: in another's row it cannot be read. Secrets from before there was a passphrase can still be read.
 *
 * <p>Deriving a key from the passphrase takes long, so a server does it once for all that it writes, and once for each
 * key by which others have written.
 */
@Singleton
class EncryptedSecrets {
    private static final String PLAIN = "plain.";
    private static final String ENCRYPTED = "aes.";
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;

    /** What OWASP asks of PBKDF2 with HMAC-SHA-512. */
    private static final int ITERATIONS = 210_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<String> passphrase;
    private final String ownSalt = text(random(SALT_BYTES));
    private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();

    @Inject
    EncryptedSecrets(StoragePassphrase passphrase) {
        this.passphrase = passphrase.value();
    }

    /** The secret as it is to be stored in the row of that id. */
    String write(UUID id, byte[] secret) {
        if (passphrase.isEmpty()) {
            return PLAIN + text(secret);
        }
        byte[] nonce = random(NONCE_BYTES);
        byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, id, ownSalt, nonce, secret);
        return ENCRYPTED + ownSalt + "." + text(nonce) + "." + text(encrypted);
    }

    /**
     * The secret that was stored in the row of that id.
     *
     * @throws IllegalStateException if it cannot be read, or not with the passphrase that is configured
     */
    byte[] read(UUID id, String stored) {
        if (stored.startsWith(PLAIN)) {
            return bytes(stored.substring(PLAIN.length()));
        }
        String[] parts = stored.split("\\.", -1);
        if (parts.length != 4 || !stored.startsWith(ENCRYPTED)) {
            throw new IllegalStateException("A secret is stored in an unknown form");
        }
        return crypt(Cipher.DECRYPT_MODE, id, parts[1], bytes(parts[2]), bytes(parts[3]));
    }

    private byte[] crypt(int mode, UUID id, String salt, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.computeIfAbsent(salt, this::derive), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(id.toString().getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A secret of the database cannot be read: is lapse.signing-key.passphrase the one that it was"
                            + " stored with?",
                    e);
        }
    }

    private SecretKey derive(String salt) {
        char[] secret = passphrase.orElse("").toCharArray();
        try {
            PBEKeySpec spec = new PBEKeySpec(secret, bytes(salt), ITERATIONS, KEY_BITS);
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
            return new SecretKeySpec(key, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has PBKDF2 with HMAC-SHA-512", e);
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}

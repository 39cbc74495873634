package org.lapse.organizations.application;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret of a confidential client. Only its SHA-256 leaves this object; {@link #toString} tells nothing. */
public final class ClientSecret {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] digest;

    /** The secret as the client gave it. */
    public ClientSecret(String secret) {
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A new secret that nobody guesses: 256 random bits in base64url. */
    static String next() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    byte[] digest() {
        return digest.clone();
    }

    @Override
    public String toString() {
        return "ClientSecret[hidden]";
    }
}

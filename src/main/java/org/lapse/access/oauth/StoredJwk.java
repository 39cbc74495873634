package org.lapse.access.oauth;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Optional;
import org.lapse.platform.database.StoragePassphrase;

/**
 * How a private key is written down: as a JWK, or, where there is a {@code lapse.signing-key.passphrase}, as a JWE that
 * only the passphrase opens. Keys from before there was one can still be read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-7">RFC 7517, section 7, and RFC 7518, section 4.8</a>
 */
@Singleton
class StoredJwk {
    private static final int SALT_BYTES = 16;

    /** What OWASP asks of PBKDF2 with HMAC-SHA-512. */
    private static final int ITERATIONS = 210_000;

    private final Optional<String> passphrase;

    @Inject
    StoredJwk(StoragePassphrase passphrase) {
        this(passphrase.value());
    }

    StoredJwk(Optional<String> passphrase) {
        this.passphrase = passphrase;
    }

    /** Whether what is stored is encrypted. */
    boolean encrypts() {
        return passphrase.isPresent();
    }

    /** The key as it is to be stored. */
    String write(RSAKey key) {
        if (passphrase.isEmpty()) {
            return key.toJSONString();
        }
        try {
            JWEObject encrypted = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.PBES2_HS512_A256KW, EncryptionMethod.A256GCM)
                            .contentType("jwk+json")
                            .build(),
                    new Payload(key.toJSONString()));
            encrypted.encrypt(new PasswordBasedEncrypter(passphrase.get(), SALT_BYTES, ITERATIONS));
            return encrypted.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key cannot be encrypted", e);
        }
    }

    /**
     * The key that was stored.
     *
     * @throws IllegalStateException if it cannot be read, or not with the passphrase that is configured
     */
    RSAKey read(String stored) {
        try {
            return RSAKey.parse(stored.startsWith("{") ? stored : decrypt(stored));
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "A signing key cannot be read: is lapse.signing-key.passphrase the one that it was stored with?",
                    e);
        }
    }

    private String decrypt(String stored) throws ParseException, JOSEException {
        JWEObject encrypted = JWEObject.parse(stored);
        encrypted.decrypt(new PasswordBasedDecrypter(passphrase.orElse("")));
        return encrypted.getPayload().toString();
    }
}

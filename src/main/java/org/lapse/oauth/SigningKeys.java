package org.lapse.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.page.Unguessable;

/**
 * The keys that sign our tokens: RSA of 2048 bits, in the database, so that a restart changes nothing and all nodes sign
 * alike. A key older than {@code lapse.signing-key.rotation} is replaced by itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515, JSON Web Signature</a>
 */
@Singleton
class SigningKeys {
    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

    private static final int BITS = 2048;

    /** So long a node may not have noticed that another one has changed the keys. */
    private static final Duration LAG = Duration.ofSeconds(10);

    private final SigningKeyRows rows;
    private final StoredJwk stored;
    private final Duration rotation;

    /** Keys that were read before, by what is stored of them: decrypting takes its time. */
    private final Map<String, RSAKey> known = new ConcurrentHashMap<>();

    private volatile @Nullable Reading reading;

    @Inject
    SigningKeys(
            SigningKeyRows rows,
            StoredJwk stored,
            @ConfigProperty(name = "lapse.signing-key.rotation", defaultValue = "P90D") Duration rotation) {
        this.rows = rows;
        this.stored = stored;
        this.rotation = rotation;
    }

    /** Makes the first key, or replaces one that is too old; signing does so too. */
    void prepare(Instant now) {
        signingKey(now);
    }

    /** Signs claims. */
    String sign(JOSEObjectType type, JWTClaimsSet claims, Instant now) {
        RSAKey key = signingKey(now);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(ALGORITHM)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The token cannot be signed", e);
        }
        return token.serialize();
    }

    /** Whether one of our keys has signed this, however long ago. */
    boolean hasSigned(SignedJWT token, Instant now) {
        Optional<RSAKey> key = ring(now).find(token.getHeader().getKeyID());
        try {
            return ALGORITHM.equals(token.getHeader().getAlgorithm())
                    && key.isPresent()
                    && token.verify(new RSASSAVerifier(key.get().toRSAPublicKey()));
        } catch (JOSEException e) {
            return false; // a token that cannot even be verified was not signed by us
        }
    }

    /** The public keys for those who verify our tokens. */
    JWKSet published(Instant now) {
        KeyRing ring = ring(now);
        if (ring.signing().isEmpty()) {
            signingKey(now);
            ring = ring(now);
        }
        return ring.published(now);
    }

    /** Has a new key sign from now on; returns its {@code kid}. */
    synchronized String rotate(Instant now) {
        RSAKey key = generate();
        String kid = key.getKeyID();
        rows.replaceBy(new SigningKey(kid, stored.write(key), now), now.minus(KeyRing.PUBLISHED_AFTER_RETIREMENT));
        return kid;
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SigningKeyRows.SigningKeysChanged changed) {
        reading = null;
    }

    private RSAKey signingKey(Instant now) {
        KeyRing ring = ring(now);
        if (ring.isRotationDue(rotation, now)) {
            ring = rotateOnce(now);
        }
        return ring.signing()
                .orElseThrow(() -> new IllegalStateException("There is no signing key"))
                .jwk();
    }

    private synchronized KeyRing rotateOnce(Instant now) {
        KeyRing ring = read(now);
        if (ring.isRotationDue(rotation, now)) {
            rotate(now);
            ring = read(now);
        }
        return ring;
    }

    private KeyRing ring(Instant now) {
        Reading latest = reading;
        return latest != null && now.isBefore(latest.at.plus(LAG)) ? latest.ring : read(now);
    }

    private KeyRing read(Instant now) {
        KeyRing ring = new KeyRing(rows.all().stream()
                .map(row -> new KeyRing.Key(
                        known.computeIfAbsent(row.jwk(), stored::read), row.createdAt(), row.retiredAt()))
                .toList());
        known.values().retainAll(ring.keys().stream().map(KeyRing.Key::jwk).collect(Collectors.toSet()));
        reading = new Reading(ring, now);
        return ring;
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(ALGORITHM)
                    .keyID(Unguessable.next())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java platform makes RSA keys", e);
        }
    }

    /** What was read, and when. */
    private record Reading(KeyRing ring, Instant at) {}
}

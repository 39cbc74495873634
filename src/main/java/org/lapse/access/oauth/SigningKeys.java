package org.lapse.access.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.DatabaseOutage;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.page.Unguessable;

/**
 * The keys that sign our tokens: RSA of 2048 bits, in the database, so that a restart changes nothing and all nodes
 * sign alike. A key older than {@code lapse.signing-key.rotation} is replaced by itself.
 *
 * <p>Signing asks the database nothing while the keys are known. From time to time one thread reads them anew; the
 * others go on with what is known, and so does that one while the database is out of reach.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515, JSON Web Signature</a>
 */
@Singleton
class SigningKeys {
    static final JWSAlgorithm ALGORITHM = SigningKeyPair.ALGORITHM;

    private static final Logger LOG = Logger.getLogger(SigningKeys.class.getName());

    private static final int BITS = 2048;

    /** So long a node may not have noticed that another one has changed the keys, though it reads what was changed. */
    private static final Duration LAG = Duration.ofSeconds(10);

    /** So long nobody asks for the key of a token again that no known one has signed. */
    private static final Duration BETWEEN_SEARCHES = Duration.ofMillis(100);

    private final SigningKeyRows rows;
    private final StoredJwk stored;
    private final ChangeNumbers numbers;
    private final Duration rotation;

    /** Keys that were read before, by what is stored of them: decrypting takes its time. */
    private final Map<String, SigningKeyPair> known = new ConcurrentHashMap<>();

    /** Held while the keys are read, so that only one thread reads them. */
    private final ReentrantLock beingRead = new ReentrantLock();

    private volatile @Nullable Reading reading;

    @Inject
    SigningKeys(
            SigningKeyRows rows,
            StoredJwk stored,
            ChangeNumbers numbers,
            @ConfigProperty(name = "lapse.signing-key.rotation", defaultValue = "P90D") Duration rotation) {
        this.rows = rows;
        this.stored = stored;
        this.numbers = numbers;
        this.rotation = rotation;
    }

    /** Makes the first key, or replaces one that is too old; signing does so too. */
    void prepare(Instant now) {
        signingKey(now);
    }

    /** Signs claims. */
    String sign(JOSEObjectType type, JWTClaimsSet claims, Instant now) {
        return signingKey(now).sign(type, claims);
    }

    /**
     * Whether one of our keys has signed this, however long ago. Another node may just have made the key: one that is
     * not known is looked for in the database.
     */
    boolean hasSigned(SignedJWT token, Instant now) {
        String kid = token.getHeader().getKeyID();
        return ring(now, LAG)
                .find(kid)
                .or(() -> ring(now, BETWEEN_SEARCHES).find(kid))
                .filter(pair -> pair.hasSigned(token))
                .isPresent();
    }

    /**
     * The public keys for those who verify our tokens: those that are known while the database is out of reach.
     *
     * @param beforeReading what is done before the database is asked; may refuse that
     */
    JWKSet published(Instant now, Runnable beforeReading) {
        Reading latest = reading;
        if (latest != null && latest.isRecent(now, LAG) && latest.ring.signing().isPresent()) {
            return latest.ring.published(now);
        }
        try {
            beforeReading.run();
            KeyRing ring = ring(now, LAG);
            return (ring.signing().isEmpty() ? replaceAged(ring, now) : ring).published(now);
        } catch (ApiException e) {
            if (latest == null) {
                throw e;
            }
            return latest.ring.published(now);
        }
    }

    /** Has a new key sign from now on; returns its {@code kid}. */
    String rotate(Instant now) {
        SigningKey key = generate(now);
        rows.replaceBy(key, forgotten(now));
        return key.id();
    }

    /** Waits for a thread that is just reading, so that nobody keeps the keys as they were before the change. */
    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SigningKeyRows.SigningKeysChanged changed) {
        beingRead.lock();
        try {
            reading = null;
        } finally {
            beingRead.unlock();
        }
        numbers.followed(changed.number());
    }

    private SigningKeyPair signingKey(Instant now) {
        KeyRing ring = ring(now, LAG);
        if (ring.isRotationDue(rotation, now)) {
            ring = replaceAged(ring, now);
        }
        return ring.signing()
                .orElseThrow(() -> new IllegalStateException("There is no signing key"))
                .pair();
    }

    /**
     * The keys after the one that is too old has been replaced. Anybody who comes meanwhile goes on with that one:
     * waiting would hold database connections, and the replacement needs one.
     */
    private KeyRing replaceAged(KeyRing ring, Instant now) {
        if (ring.signing().isEmpty()) {
            beingRead.lock();
        } else if (!beingRead.tryLock()) {
            return ring;
        }
        try {
            KeyRing latest = read(now);
            if (latest.isRotationDue(rotation, now)) {
                rows.replaceAgedBy(generate(now), now.minus(rotation), forgotten(now));
                latest = read(now);
            }
            return latest;
        } finally {
            beingRead.unlock();
        }
    }

    private KeyRing ring(Instant now, Duration lag) {
        Reading latest = reading;
        if (latest == null) {
            return readFirst(now);
        }
        if (latest.isRecent(now, lag) || !beingRead.tryLock()) {
            return latest.ring;
        }
        try {
            return read(now);
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isBehind(e)) {
                throw e;
            }
            LOG.log(Level.FINE, "The signing keys cannot be read: those that are known go on", e);
            reading = new Reading(latest.ring, now); // until the next attempt nobody waits for the database again
            return latest.ring;
        } finally {
            beingRead.unlock();
        }
    }

    private KeyRing readFirst(Instant now) {
        beingRead.lock();
        try {
            Reading latest = reading;
            return latest == null ? read(now) : latest.ring;
        } finally {
            beingRead.unlock();
        }
    }

    private KeyRing read(Instant now) {
        KeyRing ring = new KeyRing(rows.all().stream()
                .map(row -> new KeyRing.Key(
                        known.computeIfAbsent(row.jwk(), jwk -> new SigningKeyPair(stored.read(jwk))),
                        row.createdAt(),
                        row.retiredAt()))
                .toList());
        known.values().retainAll(ring.keys().stream().map(KeyRing.Key::pair).collect(Collectors.toSet()));
        reading = new Reading(ring, now);
        return ring;
    }

    private static Instant forgotten(Instant now) {
        return now.minus(KeyRing.PUBLISHED_AFTER_RETIREMENT);
    }

    private SigningKey generate(Instant now) {
        try {
            RSAKey key = new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(ALGORITHM)
                    .keyID(Unguessable.next())
                    .generate();
            return new SigningKey(key.getKeyID(), stored.write(key), now);
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java platform makes RSA keys", e);
        }
    }

    /** What was read, and when. */
    private record Reading(KeyRing ring, Instant at) {
        boolean isRecent(Instant now, Duration lag) {
            return now.isBefore(at.plus(lag));
        }
    }
}

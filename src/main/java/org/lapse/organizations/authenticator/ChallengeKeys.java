package org.lapse.organizations.authenticator;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.retention.Retention;

/**
 * The keys by which challenges are told from those that we have not made. They are kept as the secrets of authenticator
 * apps are, so that each node knows those of the others. A node makes a new one where the newest is older than a day;
 * the one before is good for the challenges that it has made.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ChallengeKeys {
    /** For how long challenges are made with a key. */
    static final Duration LIFETIME = Duration.ofDays(1);

    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EntityManager entities;
    private final EncryptedSecrets secrets;
    private final Event<Known> knowing;
    private volatile @Nullable Known newest;

    @Produces
    static Retention retention() {
        return Retention.of("keys of challenges", ChallengeKey.class, "e.createdAt", LIFETIME.multipliedBy(2));
    }

    @Inject
    ChallengeKeys(EntityManager entities, EncryptedSecrets secrets, Event<Known> knowing) {
        this.entities = entities;
        this.secrets = secrets;
        this.knowing = knowing;
    }

    /** The key to make challenges with. */
    Known newest(Instant now) {
        Known known = newest;
        return known != null && known.isGood(now)
                ? known
                : written().filter(found -> found.isGood(now)).orElseGet(() -> make(now));
    }

    /** The key of that id; empty where there is none. */
    Optional<Known> find(UUID id) {
        Known known = newest;
        return known != null && known.id.equals(id)
                ? Optional.of(known)
                : Optional.ofNullable(entities.find(ChallengeKey.class, id)).map(this::read);
    }

    private Optional<Known> written() {
        return entities.createQuery("select k from ChallengeKey k order by k.createdAt desc, k.id", ChallengeKey.class)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(this::read)
                .map(this::told);
    }

    private Known make(Instant now) {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        Known made = new Known(UUID.randomUUID(), key, now);
        entities.persist(new ChallengeKey(made.id, secrets.write(made.id, key), now));
        return told(made);
    }

    private Known read(ChallengeKey row) {
        return new Known(row.id(), secrets.read(row.id(), row.secret()), row.createdAt());
    }

    private Known told(Known key) {
        knowing.fire(key);
        return key;
    }

    /** Only what is committed is there for the other nodes too. */
    void remember(@Observes(during = TransactionPhase.AFTER_SUCCESS) Known key) {
        newest = key;
    }

    /** A key. */
    static final class Known {
        private final UUID id;
        private final byte[] key;
        private final Instant createdAt;

        private Known(UUID id, byte[] key, Instant createdAt) {
            this.id = id;
            this.key = key;
            this.createdAt = createdAt;
        }

        UUID id() {
            return id;
        }

        private boolean isGood(Instant now) {
            return now.isBefore(createdAt.plus(LIFETIME));
        }

        /** What nobody can compute who has not the key, of all parts together. */
        byte[] authenticate(byte[]... parts) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(key, ALGORITHM));
                for (byte[] part : parts) {
                    mac.update(part);
                }
                return mac.doFinal();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
            }
        }
    }
}

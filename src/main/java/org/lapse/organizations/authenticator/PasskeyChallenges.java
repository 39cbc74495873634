package org.lapse.organizations.authenticator;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.lapse.platform.retention.Retention;

/**
 * The challenges that authenticators sign. Each is bound to the browser or session for which it was made and to what it
 * is for, is good once and for {@link #LIFETIME}, and takes the place of the one before.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-cryptographic-challenges">WebAuthn Level 3, section 13.4.3</a>
 */
@Singleton
@Transactional(TxType.MANDATORY)
class PasskeyChallenges {
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EntityManager entities;

    @Produces
    static Retention retention() {
        return Retention.of("challenges of passkeys", PasskeyChallenge.class, "e.expiresAt", Duration.ofHours(1));
    }

    @Inject
    PasskeyChallenges(EntityManager entities) {
        this.entities = entities;
    }

    byte[] issue(PasskeyBinding binding, Instant now) {
        byte[] challenge = new byte[BYTES];
        RANDOM.nextBytes(challenge);
        entities.createQuery("delete from PasskeyChallenge c where c.binding = :binding")
                .setParameter("binding", binding.digest())
                .executeUpdate();
        entities.createNativeQuery("insert into passkey_challenge (binding, challenge, expires_at)"
                        + " values (?1, ?2, ?3) on conflict do nothing")
                .setParameter(1, binding.digest())
                .setParameter(2, challenge)
                .setParameter(3, now.plus(LIFETIME))
                .executeUpdate();
        return challenge;
    }

    /** Uses a challenge up; of all who try one succeeds, and it is good for what it was made for alone. */
    boolean redeem(PasskeyBinding binding, byte[] challenge, Instant now) {
        return entities.createQuery("delete from PasskeyChallenge c where c.binding = :binding"
                                + " and c.challenge = :challenge and c.expiresAt > :now")
                        .setParameter("binding", binding.digest())
                        .setParameter("challenge", challenge)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }
}

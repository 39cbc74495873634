package org.lapse.organizations.authenticator;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.lapse.platform.retention.Retention;

/**
 * The challenges that authenticators sign. Each is bound to the browser or session for which it was made and to what it
 * is for, and is good once and for {@link #LIFETIME}.
 *
 * <p>Anybody may ask for one, without a name, so none is written down. It says itself which key made it and when, and
 * is authenticated by that key together with what it is bound to. Only a challenge whose answer was found good becomes
 * a row.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-cryptographic-challenges">WebAuthn Level 3, section 13.4.3</a>
 */
@Singleton
@Transactional(TxType.MANDATORY)
class PasskeyChallenges {
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int RANDOM_BYTES = 32;
    private static final int SAID = Long.BYTES + Long.BYTES + Long.BYTES + RANDOM_BYTES;
    private static final int LENGTH = SAID + 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EntityManager entities;
    private final ChallengeKeys keys;

    @Produces
    static Retention retention() {
        return Retention.of("challenges of passkeys", RedeemedChallenge.class, "e.expiresAt", Duration.ofHours(1));
    }

    @Inject
    PasskeyChallenges(EntityManager entities, ChallengeKeys keys) {
        this.entities = entities;
        this.keys = keys;
    }

    byte[] issue(PasskeyBinding binding, Instant now) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        ChallengeKeys.Known key = keys.newest(now);
        byte[] said = ByteBuffer.allocate(SAID)
                .putLong(key.id().getMostSignificantBits())
                .putLong(key.id().getLeastSignificantBits())
                .putLong(now.plus(LIFETIME).toEpochMilli())
                .put(random)
                .array();
        return ByteBuffer.allocate(LENGTH)
                .put(said)
                .put(key.authenticate(said, binding.digest()))
                .array();
    }

    /** Whether a challenge is ours, was made for that and is not too old. */
    boolean isGood(PasskeyBinding binding, byte[] challenge, Instant now) {
        if (challenge.length != LENGTH || !now.isBefore(expiresAt(challenge))) {
            return false;
        }
        ByteBuffer said = ByteBuffer.wrap(challenge);
        return keys.find(new UUID(said.getLong(), said.getLong()))
                .map(key -> key.authenticate(Arrays.copyOf(challenge, SAID), binding.digest()))
                .filter(code -> MessageDigest.isEqual(code, Arrays.copyOfRange(challenge, SAID, LENGTH)))
                .isPresent();
    }

    /** Uses a challenge up that is good and was answered; of all who try one succeeds. */
    boolean redeem(byte[] challenge) {
        return entities.createNativeQuery("insert into redeemed_challenge (digest, expires_at) values (?1, ?2)"
                                + " on conflict do nothing")
                        .setParameter(1, Digests.of(challenge))
                        .setParameter(2, expiresAt(challenge))
                        .executeUpdate()
                == 1;
    }

    private static Instant expiresAt(byte[] challenge) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(challenge).getLong(2 * Long.BYTES));
    }
}

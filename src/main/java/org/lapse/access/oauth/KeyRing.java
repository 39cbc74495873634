package org.lapse.access.oauth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys as they stood in the database at a moment.
 *
 * @param keys all of them, the retired ones too
 */
record KeyRing(List<Key> keys) {
    /** So long a key is published after it was retired: the longest life of a token, and an hour for nodes that lag. */
    static final Duration PUBLISHED_AFTER_RETIREMENT = Duration.ofHours(48 + 1);

    KeyRing {
        keys = List.copyOf(keys);
    }

    /**
     * A key.
     *
     * @param pair what signs
     * @param createdAt since when it signs
     * @param retiredAt since when it signs no more; null while it does
     */
    record Key(
            SigningKeyPair pair,
            Instant createdAt,
            @Nullable Instant retiredAt) {}

    /** The key that signs: the newest that is not retired. */
    Optional<Key> signing() {
        return keys.stream().filter(key -> key.retiredAt() == null).max(Comparator.comparing(Key::createdAt));
    }

    /** Whether a new key is due, because there is none or the one that signs is too old. */
    boolean isRotationDue(Duration rotation, Instant now) {
        return signing()
                .map(key -> !now.isBefore(key.createdAt().plus(rotation)))
                .orElse(true);
    }

    /** The public halves of all keys whose tokens may still be alive. */
    JWKSet published(Instant now) {
        return new JWKSet(keys.stream()
                .filter(key ->
                        key.retiredAt() == null || now.isBefore(key.retiredAt().plus(PUBLISHED_AFTER_RETIREMENT)))
                .sorted(Comparator.comparing(Key::createdAt).reversed())
                .map(key -> (JWK) key.pair().jwk().toPublicJWK())
                .toList());
    }

    /** The key of that {@code kid}. */
    Optional<SigningKeyPair> find(@Nullable String kid) {
        return keys.stream()
                .map(Key::pair)
                .filter(pair -> pair.kid().equals(kid))
                .findFirst();
    }
}

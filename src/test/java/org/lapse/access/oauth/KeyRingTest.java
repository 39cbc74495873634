package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Duration ROTATION = Duration.ofDays(90);
    private static final Instant START = Wanted.NINE;
    private static RSAKey first;
    private static RSAKey second;

    @BeforeAll
    static void generate() throws JOSEException {
        first = new RSAKeyGenerator(2048).keyID("first").generate();
        second = new RSAKeyGenerator(2048).keyID("second").generate();
    }

    @Test
    void withoutAKeyOneIsDue() {
        assertThat(new KeyRing(List.of()).isRotationDue(ROTATION, START)).isTrue();
    }

    @Test
    void aKeyIsReplacedExactlyAtItsAge() {
        KeyRing ring = new KeyRing(List.of(key(first, START, null)));
        Instant due = START.plus(ROTATION);
        assertThat(ring.isRotationDue(ROTATION, due.minusMillis(1))).isFalse();
        assertThat(ring.isRotationDue(ROTATION, due)).isTrue();
        assertThat(ring.isRotationDue(ROTATION, due.plusMillis(1))).isTrue();
    }

    @Test
    void theNewestKeyThatIsNotRetiredSigns() {
        Instant later = START.plusSeconds(1);
        KeyRing two = new KeyRing(List.of(key(second, later, null), key(first, START, null)));
        assertThat(two.signing().orElseThrow().pair().jwk()).isEqualTo(second);
        KeyRing retired = new KeyRing(List.of(key(second, later, later), key(first, START, null)));
        assertThat(retired.signing().orElseThrow().pair().jwk()).isEqualTo(first);
    }

    @Test
    void aRetiredKeyIsPublishedUntilNoTokenOfItsCanBeAlive() {
        Instant retired = START.plus(ROTATION);
        KeyRing ring = new KeyRing(List.of(key(first, START, retired), key(second, retired, null)));
        Instant end = retired.plus(KeyRing.PUBLISHED_AFTER_RETIREMENT);

        assertThat(KeyRing.PUBLISHED_AFTER_RETIREMENT).isGreaterThan(Duration.ofDays(2));
        assertThat(ring.published(end.minusMillis(1)).getKeys())
                .extracting(JWK::getKeyID)
                .containsExactly("second", "first");
        assertThat(ring.published(end).getKeys()).extracting(JWK::getKeyID).containsExactly("second");
    }

    @Test
    void noPrivatePartIsEverPublished() {
        KeyRing ring = new KeyRing(List.of(key(first, START, null)));
        assertThat(ring.published(START).getKeys()).noneMatch(JWK::isPrivate);
    }

    private static KeyRing.Key key(RSAKey jwk, Instant createdAt, @Nullable Instant retiredAt) {
        return new KeyRing.Key(new SigningKeyPair(jwk), createdAt, retiredAt);
    }
}

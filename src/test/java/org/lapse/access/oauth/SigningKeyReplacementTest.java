package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;

/** What becomes of a key that is made while a token is given. */
@OnBothDatabases
class SigningKeyReplacementTest {
    private static final Duration ROTATION = Duration.ofDays(90);
    private static final JWTClaimsSet CLAIMS =
            new JWTClaimsSet.Builder().subject("desk").build();

    private final LapseInJavaSE lapse;
    private final SigningKeys keys;

    SigningKeyReplacementTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.keys = lapse.get(SigningKeys.class);
    }

    @Test
    void keyStaysThoughTheTokenForWhichItWasMadeIsRefused() {
        keys.prepare(lapse.clock().now());
        String before = kid();
        lapse.clock().putForward(ROTATION);
        AtomicReference<String> refused = new AtomicReference<>();

        assertThatIllegalStateException()
                .isThrownBy(() -> lapse.inTransaction(() -> {
                    refused.set(kid());
                    throw new IllegalStateException("The token is refused");
                }));

        assertThat(refused.get()).isNotEqualTo(before);
        assertThat(kid()).isEqualTo(refused.get());
        assertThat(lapse.get(SigningKeyRows.class).all())
                .extracting(SigningKey::id)
                .contains(refused.get());
    }

    @Test
    void rotationThatIsRolledBackChangesNothing() {
        keys.prepare(lapse.clock().now());
        String before = kid();

        assertThatIllegalStateException()
                .isThrownBy(() -> lapse.inTransaction(() -> {
                    keys.rotate(lapse.clock().now());
                    throw new IllegalStateException("The rotation is refused");
                }));

        assertThat(kid()).isEqualTo(before);
    }

    @Test
    void rotationSignsFromItsCommitOnAndTheOldKeyStaysPublished() {
        keys.prepare(lapse.clock().now());
        String before = kid();

        AtomicReference<String> after = new AtomicReference<>();
        lapse.inTransaction(() -> after.set(keys.rotate(lapse.clock().now())));

        assertThat(kid()).isEqualTo(after.get());
        assertThat(keys.published(lapse.clock().now(), () -> {}).getKeys())
                .extracting(JWK::getKeyID)
                .contains(before, after.get());
    }

    private String kid() {
        try {
            return SignedJWT.parse(
                            keys.sign(JOSEObjectType.JWT, CLAIMS, lapse.clock().now()))
                    .getHeader()
                    .getKeyID();
        } catch (ParseException e) {
            throw new AssertionError("What was signed is a JWT", e);
        }
    }
}

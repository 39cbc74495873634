package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SigningKeyPairTest {
    private static final JWTClaimsSet CLAIMS = new JWTClaimsSet.Builder()
            .issuer("https://lapse.example")
            .subject("desk")
            .claim("groups", List.of("Clerk", "Müller & Söhne"))
            .build();

    private static RSAKey jwk;
    private static RSAKey other;

    @BeforeAll
    static void generate() throws Exception {
        jwk = new RSAKeyGenerator(2048).keyID("key").generate();
        other = new RSAKeyGenerator(2048).keyID("key").generate();
    }

    @Test
    void tokensAreWhatNimbusWritesWithoutAnythingPrepared() throws Exception {
        SigningKeyPair pair = new SigningKeyPair(jwk);
        for (String type : List.of("JWT", "at+jwt", "JWT")) {
            JOSEObjectType typ = new JOSEObjectType(type);
            SignedJWT expected = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(typ)
                            .keyID("key")
                            .build(),
                    CLAIMS);
            expected.sign(new RSASSASigner(jwk));

            assertThat(pair.sign(typ, CLAIMS)).isEqualTo(expected.serialize());
        }
    }

    @Test
    void itKnowsItsOwnSignaturesAndNoOthers() throws Exception {
        SigningKeyPair pair = new SigningKeyPair(jwk);
        String token = pair.sign(JOSEObjectType.JWT, CLAIMS);
        String forged = token.substring(0, token.lastIndexOf('.')) + "."
                + new SigningKeyPair(other).sign(JOSEObjectType.JWT, CLAIMS).split("\\.", -1)[2];

        assertThat(pair.hasSigned(SignedJWT.parse(token))).isTrue();
        assertThat(pair.hasSigned(SignedJWT.parse(forged))).isFalse();
        assertThat(new SigningKeyPair(other).hasSigned(SignedJWT.parse(token))).isFalse();
    }

    @Test
    void anotherAlgorithmIsNotOurs() throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("key").build(), CLAIMS);
        token.sign(new RSASSASigner(jwk));

        assertThat(new SigningKeyPair(jwk).hasSigned(token)).isFalse();
    }

    @Test
    void publicHalfAloneCannotSign() {
        assertThatIllegalStateException().isThrownBy(() -> new SigningKeyPair(jwk.toPublicJWK()));
    }
}

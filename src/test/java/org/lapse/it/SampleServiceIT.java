package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

/** A service of somebody else, with the server's own MicroProfile JWT, verifies our tokens with our key set. */
@OnServer
class SampleServiceIT {
    private static final String WHO = "/sample/who";

    private final LapseSystem lapse = LapseSystem.ofSuite();

    @Test
    void tokenOfAUserIsUnderstood() {
        Answer answer = lapse.signIn("alice@demo.example").get(WHO).expect(200);

        assertThat(answer.body()).isEqualTo("alice@demo.example");
    }

    @Test
    void tokenOfAnApplicationIsUnderstood() {
        assertThat(lapse.service().get(WHO).expect(200).body()).isEqualTo(LapseSystem.SERVICE_ID);
    }

    @Test
    void idTokenIsRefused() {
        String idToken = lapse.signIn("alice@demo.example").tokens().idToken();

        assertThat(lapse.holderOf(idToken).get(WHO).status()).isEqualTo(401);
    }

    @Test
    void tamperedTokenIsRefused() {
        String token = lapse.signIn("alice@demo.example").accessToken();
        int middle = token.indexOf('.') + 20;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';

        Answer answer = lapse.holderOf(token.substring(0, middle) + other + token.substring(middle + 1))
                .get(WHO);

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void tokenSignedBySomebodyElseIsRefused() throws Exception {
        SignedJWT ours = SignedJWT.parse(lapse.signIn("alice@demo.example").accessToken());
        RSAKey theirs =
                new RSAKeyGenerator(2048).keyID(ours.getHeader().getKeyID()).generate();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(ours.getHeader().getType())
                        .keyID(theirs.getKeyID())
                        .build(),
                ours.getJWTClaimsSet());
        forged.sign(new RSASSASigner(theirs));

        assertThat(lapse.holderOf(forged.serialize()).get(WHO).status()).isEqualTo(401);
    }

    @Test
    void nobodyIsRefused() {
        assertThat(lapse.get(WHO).statusCode()).isEqualTo(401);
    }
}

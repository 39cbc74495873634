package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import org.junit.jupiter.api.Test;

/** The values are those of RFC 7636, appendix B. */
class ProofKeyTest {
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    @Test
    void theVerifierBehindTheChallengeMatches() {
        assertThat(ProofKey.matches(CHALLENGE, new CodeVerifier(VERIFIER))).isTrue();
    }

    @Test
    void anyOtherVerifierDoesNot() {
        assertThat(ProofKey.matches(CHALLENGE, new CodeVerifier(VERIFIER + "x")))
                .isFalse();
    }

    @Test
    void theChallengeItselfIsNoVerifier() {
        assertThat(ProofKey.matches(CHALLENGE, new CodeVerifier(CHALLENGE))).isFalse();
    }

    @Test
    void whereThereWasNoChallengeThereIsNoVerifier() {
        assertThat(ProofKey.matches("", null)).isTrue();
        assertThat(ProofKey.matches("", new CodeVerifier(VERIFIER))).isFalse();
        assertThat(ProofKey.matches(CHALLENGE, null)).isFalse();
    }

    @Test
    void onlyWhatCanBeASha256IsAChallenge() {
        assertThat(ProofKey.hasForm(CHALLENGE)).isTrue();
        assertThat(ProofKey.hasForm(CHALLENGE + "x")).isFalse();
        assertThat(ProofKey.hasForm(CHALLENGE.replace('E', '='))).isFalse();
        assertThat(ProofKey.hasForm("")).isFalse();
    }
}

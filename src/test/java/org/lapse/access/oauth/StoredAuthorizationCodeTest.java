package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignInFixture;
import org.lapse.sessions.ledger.TokenDigest;

class StoredAuthorizationCodeTest {
    private static final Instant END = Wanted.NINE.plus(Duration.ofMinutes(1));
    private static final CodeVerifier VERIFIER = new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    private final StoredAuthorizationCode code = new StoredAuthorizationCode(
            TokenDigest.of("code"),
            AuthorizationCall.of(
                    Wanted.desk(), Wanted.REDIRECT, Parameters.parse(Wanted.authorization()), Wanted.AUDIENCES),
            SignInFixture.at(Wanted.NINE),
            END);

    @Test
    void itIsGoodForTheClientThatAskedForIt() {
        assertThat(objection(Wanted.REDIRECT, VERIFIER, Wanted.NINE)).isEmpty();
    }

    @Test
    void itIsGoodUntilOneTickBeforeItsEnd() {
        assertThat(objection(Wanted.REDIRECT, VERIFIER, END.minusMillis(1))).isEmpty();
        assertThat(objection(Wanted.REDIRECT, VERIFIER, END)).contains("The code has expired.");
        assertThat(objection(Wanted.REDIRECT, VERIFIER, END.plusMillis(1))).contains("The code has expired.");
    }

    @Test
    void theRedirectUriIsComparedLetterByLetter() {
        assertThat(objection(Wanted.REDIRECT + "/", VERIFIER, Wanted.NINE)).isPresent();
        assertThat(objection(Wanted.REDIRECT.replace("desk", "Desk"), VERIFIER, Wanted.NINE))
                .isPresent();
        assertThat(objection(null, VERIFIER, Wanted.NINE)).isPresent();
    }

    @Test
    void withoutTheVerifierItIsWorthNothing() {
        assertThat(objection(Wanted.REDIRECT, null, Wanted.NINE)).isPresent();
        assertThat(objection(Wanted.REDIRECT, new CodeVerifier("x".repeat(43)), Wanted.NINE))
                .isPresent();
    }

    @Test
    void itBelongsToOneClient() {
        assertThat(code.wasGivenTo("desk")).isTrue();
        assertThat(code.wasGivenTo("service")).isFalse();
    }

    private Optional<String> objection(@Nullable String redirectUri, @Nullable CodeVerifier verifier, Instant now) {
        return code.objection(new CodeProof("desk", redirectUri, verifier), now);
    }
}

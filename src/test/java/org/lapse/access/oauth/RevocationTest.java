package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.oauth2.sdk.token.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Sessions;

/** A client gives its own tokens back, and nobody else's. */
@OnBothDatabases
class RevocationTest {
    private final LapseInJavaSE lapse;
    private final BrowserApplication owner;
    private final BrowserApplication other;

    RevocationTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.owner = BrowserApplication.in(lapse, Duration.ofHours(1));
        this.other = BrowserApplication.in(lapse, Duration.ofHours(1));
    }

    @Test
    void tokenOfAnotherClientIsRefusedAndLivesOn() {
        Tokens tokens = owner.signIn("alice@demo.example", "openid");

        for (String token : List.of(
                tokens.getAccessToken().getValue(), tokens.getRefreshToken().getValue())) {
            OAuthRefusal refusal = catchThrowableOfType(OAuthRefusal.class, () -> revoke(other, token));
            assertThat(refusal.error().getCode()).isEqualTo("unauthorized_client");
            assertThat(refusal.error().getHTTPStatusCode()).isEqualTo(400);
        }

        assertThat(lives(tokens)).isTrue();
    }

    @Test
    void tokenOfItsOwnEndsWithEachOfTheTwo() {
        Tokens first = owner.signIn("alice@demo.example", "openid");
        Tokens second = owner.signIn("alice@demo.example", "openid");

        revoke(owner, first.getAccessToken().getValue());
        revoke(owner, second.getRefreshToken().getValue());

        assertThat(lives(first)).isFalse();
        assertThat(lives(second)).isFalse();
        assertThat(toldOf(owner)).isEqualTo(2);
    }

    /** The logout of what ended it before is still to be told. */
    @Test
    void tokensOfASessionThatHasEndedAlreadyAreNotRevokedByTheirClient() {
        Tokens tokens = owner.signIn("alice@demo.example", "openid");
        UUID session = lapse.get(Admission.class)
                .find(tokens.getAccessToken().getValue())
                .orElseThrow()
                .id();
        lapse.get(Sessions.class).end(session, EndReason.INACTIVITY);

        revoke(owner, tokens.getAccessToken().getValue());
        revoke(owner, tokens.getRefreshToken().getValue());

        assertThat(toldOf(owner)).isZero();
    }

    @Test
    void secondRevocationIsTheSameAsNone() {
        Tokens tokens = owner.signIn("alice@demo.example", "openid");

        revoke(owner, tokens.getRefreshToken().getValue());
        revoke(owner, tokens.getRefreshToken().getValue());

        assertThat(toldOf(owner)).isEqualTo(1);
    }

    private long toldOf(BrowserApplication application) {
        return lapse.fired(RevokedByClient.class).stream()
                .filter(revoked -> revoked.clientId().equals(application.id()))
                .count();
    }

    @Test
    void tokenThatNobodyKnowsIsAsGoodAsRevoked() {
        revoke(other, "invented");
    }

    private void revoke(BrowserApplication by, String token) {
        Client client = lapse.get(Clients.class).find(by.id()).orElseThrow();
        lapse.get(Revocation.class).revoke(client, token);
    }

    private boolean lives(Tokens tokens) {
        return lapse.get(Admission.class)
                .find(tokens.getAccessToken().getValue())
                .isPresent();
    }
}

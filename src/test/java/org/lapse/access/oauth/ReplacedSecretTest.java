package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.net.URI;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.application.Registered;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;

/** A secret is void once another has taken its place, at whatever moment a call with it came. */
@OnBothDatabases
class ReplacedSecretTest {
    private static final String REDIRECT = "https://desk.example/callback";

    private final LapseInJavaSE lapse;
    private final TokenGrants grants;
    private final Caller administrator;
    private final CodeVerifier verifier = new CodeVerifier();

    ReplacedSecretTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.grants = lapse.get(TokenGrants.class);
        UUID demo = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.administrator = new Caller(demo, "demo-service", null, "demo-service", Permission.all(), "a token");
    }

    @Test
    void opensNoSessionForAnApplicationOnItsOwn() {
        Client client = authenticated(Registered.serviceClient(lapse, administrator));
        replaceSecret(client);

        assertVoid(() -> grants.giveToApplication(client, Optional.empty(), ""));
    }

    @Test
    void redeemsNoCode() {
        Client client = authenticated(Registered.confidentialClient(lapse, administrator, REDIRECT));
        String code = code(client);
        replaceSecret(client);

        assertVoid(() -> redeem(client, code));
    }

    @Test
    void refreshesNoToken() {
        Client client = authenticated(Registered.confidentialClient(lapse, administrator, REDIRECT));
        Tokens given = redeem(client, code(client));
        replaceSecret(client);

        assertVoid(() -> grants.refresh(
                client, new RefreshTokenGrant(Objects.requireNonNull(given.getRefreshToken())), Optional.empty(), ""));
    }

    @Test
    void callThatWaitsForTheReplacementIsRefused() throws SQLException {
        Client client = authenticated(Registered.serviceClient(lapse, administrator));
        try (Strands strands = lapse.strands()) {
            Strand replacing = strands.of("replacing", () -> replaceSecret(client));
            Strand asking = strands.of("asking", () -> grants.giveToApplication(client, Optional.empty(), ""));
            replacing.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(asking.goOn()).isEqualTo(Strand.Place.BLOCKED);
            replacing.finish();
            asking.goOnTo(Strand.Place.END);

            assertThat(asking.failure())
                    .hasValueSatisfying(thrown -> assertThat(thrown).hasMessageStartingWith("invalid_client"));
        }
    }

    @Test
    void anotherChangeVoidsNoSecret() {
        Client client = authenticated(Registered.serviceClient(lapse, administrator));
        Registered.rename(lapse, administrator, client.id(), UUID.randomUUID().toString());

        assertThatCode(() -> grants.giveToApplication(client, Optional.empty(), ""))
                .doesNotThrowAnyException();
    }

    @Test
    void scopeThatWasTakenAwayIsNotInTheTokenOfACodeThatIsBeingRedeemed() {
        Client client = authenticated(Registered.confidentialClient(lapse, administrator, REDIRECT));
        String code = code(client, "openid profile");
        Registered.trust(lapse, administrator, client.id(), true, "openid");

        assertThatThrownBy(() -> redeem(client, code)).hasMessageStartingWith("invalid_grant");
    }

    private void replaceSecret(Client client) {
        Registered.replaceSecret(lapse, administrator, client.id());
    }

    private static void assertVoid(ThrowingCallable grant) {
        assertThatThrownBy(grant).hasMessageStartingWith("invalid_client");
    }

    /** As the token endpoint finds it, whose secret was right when the message came. */
    private Client authenticated(Registered.WithSecret made) {
        return new ClientMessage(Parameters.parse("client_id=" + made.id() + "&client_secret=" + made.secret()), null)
                .sender(lapse.get(Clients.class)::find);
    }

    private String code(Client client) {
        return code(client, "openid");
    }

    private String code(Client client, String scope) {
        SignIn signIn = SignInFixture.persisted(
                lapse,
                lapse.get(Users.class)
                        .findByUsername(administrator.organizationId(), "alice@demo.example")
                        .orElseThrow());
        AuthorizationCall call = new AuthorizationCall(
                client,
                REDIRECT,
                null,
                scope,
                "",
                null,
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue(),
                Optional.empty(),
                AssuranceLevel.AAL1,
                false,
                false,
                false,
                Optional.empty());
        return lapse.get(AuthorizationCodes.class)
                .issue(call, signIn, lapse.clock().now());
    }

    private Tokens redeem(Client client, String code) {
        return grants.redeem(
                client,
                new AuthorizationCodeGrant(
                        new com.nimbusds.oauth2.sdk.AuthorizationCode(code), URI.create(REDIRECT), verifier),
                "");
    }
}

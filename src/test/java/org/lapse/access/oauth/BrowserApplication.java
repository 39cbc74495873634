package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.Registered;
import org.lapse.organizations.directory.Organizations;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeResponse;
import org.lapse.platform.api.Permission;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.SessionPrincipal;

/** An application without a secret that runs in browsers, and signs people in by authorization code with PKCE. */
final class BrowserApplication {
    static final String REDIRECT = "https://desk.example/callback";
    private static final String AUTHORIZE = "/oauth/authorize";

    private final LapseInJavaSE lapse;
    private final AuthorizeServlet authorization;
    private final TokenGrants grants;
    private final CodeVerifier verifier = new CodeVerifier();
    private final String id;

    private BrowserApplication(LapseInJavaSE lapse, String id) {
        this.lapse = lapse;
        this.id = id;
        this.authorization = lapse.get(AuthorizeServlet.class);
        this.grants = lapse.get(TokenGrants.class);
    }

    /** A new one whose access tokens live for that long, without an inactivity timeout. */
    static BrowserApplication in(LapseInJavaSE lapse, Duration tokenValidity) {
        BrowserApplication made =
                new BrowserApplication(lapse, UUID.randomUUID().toString());
        Application application = Application.publicClient(
                organization(lapse),
                made.id,
                made.id,
                Set.of(REDIRECT),
                lapse.clock().now());
        lapse.inTransaction(() -> {
            lapse.entities().persist(application);
            lapse.entities().flush();
            lapse.entities()
                    .createNativeQuery("update application set token_validity_seconds = ?1 where id = ?2")
                    .setParameter(1, Math.toIntExact(tokenValidity.toSeconds()))
                    .setParameter(2, made.id)
                    .executeUpdate();
        });
        return made;
    }

    /** A new one that nobody trusts, registered for scopes. */
    static BrowserApplication untrusted(LapseInJavaSE lapse, String... scopes) {
        return new BrowserApplication(
                lapse, Registered.codeClient(lapse, administrator(lapse), false, REDIRECT, scopes));
    }

    /** Has it send people to these addresses, the one before first. */
    void alsoSendTo(String redirectUri) {
        Registered.sendBack(lapse, administrator(lapse), id, REDIRECT, redirectUri);
    }

    /** Has it be trusted, or no longer, and registers it for scopes. */
    void trust(boolean trusted, String... scopes) {
        Registered.trust(lapse, administrator(lapse), id, trusted, scopes);
    }

    /** The {@code client_id}. */
    String id() {
        return id;
    }

    /** The same with an inactivity timeout, in minutes. */
    BrowserApplication withTimeout(Duration timeout) {
        return withOption("inactivity-timeout", Long.toString(timeout.toMinutes()));
    }

    /** The same, which locks what went unused. */
    BrowserApplication thatLocks() {
        return withOption("on-inactivity", "lock");
    }

    private BrowserApplication withOption(String key, String value) {
        lapse.get(Applications.class)
                .change(
                        administrator(lapse),
                        id,
                        new ApplicationChange(null, null, null, null, Map.of("security", Map.of(key, value)), null));
        return this;
    }

    private static Caller administrator(LapseInJavaSE lapse) {
        return new Caller(organization(lapse), "demo-service", null, "demo-service", Permission.all(), "a token");
    }

    private static UUID organization(LapseInJavaSE lapse) {
        return lapse.get(Organizations.class).findByDomain("demo").orElseThrow().id();
    }

    /** The address at which a browser asks for a code. */
    String address(Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of(
                "client_id",
                id,
                "redirect_uri",
                REDIRECT,
                "response_type",
                "code",
                "scope",
                "openid",
                "state",
                UUID.randomUUID().toString(),
                "code_challenge_method",
                "S256",
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue()));
        parameters.putAll(more);
        return AUTHORIZE + "?" + BrowserInJavaSE.encoded(parameters);
    }

    /** The endpoint for it. */
    AuthorizeServlet authorization() {
        return authorization;
    }

    /** What a browser is answered that comes for a code. */
    FakeResponse ask(BrowserInJavaSE browser) {
        return browser.open(authorization, address(Map.of()));
    }

    /** The same with {@code prompt=none}. */
    FakeResponse askSilently(BrowserInJavaSE browser) {
        return browser.open(authorization, address(Map.of("prompt", "none")));
    }

    /** What a browser is answered that sends the sign-in page's form back, filled in by Alice. */
    FakeResponse fillIn(BrowserInJavaSE browser, FakeResponse page) {
        return fillIn(browser, page, "alice@demo.example");
    }

    /** The same, filled in by that user. */
    FakeResponse fillIn(BrowserInJavaSE browser, FakeResponse page, String username) {
        return browser.submit(
                authorization, AUTHORIZE, page, Map.of("username", username, "password", "demo-Passw0rd!"));
    }

    /** What a browser is answered that sends the form back of the page that asks for consent. */
    FakeResponse decide(BrowserInJavaSE browser, FakeResponse page, String decision) {
        return browser.submit(authorization, AUTHORIZE, page, Map.of("decision", decision));
    }

    /** What a browser is answered that comes for a code with more parameters. */
    FakeResponse ask(BrowserInJavaSE browser, Map<String, String> more) {
        return browser.open(authorization, address(more));
    }

    /** The tokens of that user, whose password is given, for a scope. */
    Tokens signIn(String username, String scope) {
        BrowserInJavaSE browser = new BrowserInJavaSE();
        return redeem(fillIn(browser, ask(browser, Map.of("scope", scope)), username));
    }

    /** Signs Alice in with her password. */
    LiveSession<SessionPrincipal> signIn(BrowserInJavaSE browser) {
        return sessionOf(redeem(fillIn(browser, browser.open(authorization, address(Map.of("prompt", "login"))))));
    }

    /** Signs in anybody who is signed in at the browser, with {@code prompt=none}. */
    LiveSession<SessionPrincipal> enterSilently(BrowserInJavaSE browser) {
        return sessionOf(redeem(askSilently(browser)));
    }

    /** The tokens for the code that a browser brings back. */
    Tokens redeem(FakeResponse back) {
        String code =
                answerOf(back, "code").orElseThrow(() -> new AssertionError(back.header("Location") + back.body()));
        return redeem(code, "");
    }

    /** The same for APIs, which the request for a token names. */
    Tokens redeem(String code, String audience) {
        return grants.redeem(
                client(),
                new AuthorizationCodeGrant(new AuthorizationCode(code), URI.create(REDIRECT), verifier),
                audience);
    }

    /** The same for a client that says that the code came back to another address. */
    Tokens redeemAt(String redirectUri, FakeResponse back) {
        AuthorizationCode code = new AuthorizationCode(answerOf(back, "code").orElseThrow());
        return grants.redeem(client(), new AuthorizationCodeGrant(code, URI.create(redirectUri), verifier), "");
    }

    /** The next tokens. */
    Tokens refresh(Tokens tokens) {
        return grants.refresh(client(), new RefreshTokenGrant(tokens.getRefreshToken()), Optional.empty(), "");
    }

    /** The next tokens, for a scope. */
    Tokens refresh(Tokens tokens, String scope) {
        return grants.refresh(client(), new RefreshTokenGrant(tokens.getRefreshToken()), Optional.of(scope), "");
    }

    /** The next tokens, for APIs. */
    Tokens refreshFor(Tokens tokens, String audience) {
        return grants.refresh(client(), new RefreshTokenGrant(tokens.getRefreshToken()), Optional.empty(), audience);
    }

    /** The session of an access token. */
    LiveSession<SessionPrincipal> sessionOf(Tokens tokens) {
        return lapse.get(Admission.class)
                .find(tokens.getAccessToken().getValue())
                .orElseThrow();
    }

    /** A parameter of the address to which the browser is sent back. */
    static Optional<String> answerOf(FakeResponse back, String parameter) {
        return back.header("Location")
                .map(location -> URLUtils.parseParameters(URI.create(location).getRawQuery()))
                .map(parameters -> parameters.getOrDefault(parameter, List.of()))
                .flatMap(values -> values.stream().findFirst());
    }

    static void assertLoginRequired(FakeResponse back) {
        assertThat(answerOf(back, "error")).contains("login_required");
    }

    private Client client() {
        return lapse.get(Clients.class).find(id).orElseThrow();
    }
}

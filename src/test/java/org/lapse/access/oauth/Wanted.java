package org.lapse.access.oauth;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.ClientSecret;
import org.lapse.organizations.application.OAuthClient;
import org.lapse.organizations.application.Registered;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.platform.cache.Versioned;

/** Clients and requests to test with. */
final class Wanted {
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    static final UUID ORGANIZATION = UUID.fromString("0a9d2a3e-6f6a-4f0e-9c7e-0c8b5c0c1d11");
    static final String REDIRECT = "https://desk.example/callback";
    static final String SECRET = "the secret of the service";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    static final String ORDERS = "https://orders.example";
    static final TokenAudiences AUDIENCES =
            new TokenAudiences(new IssuerIdentifier("https://lapse.example"), Optional.empty(), Optional.of(ORDERS));

    private Wanted() {}

    static Client desk() {
        return client(Application.publicClient(ORGANIZATION, "desk", "Desk", Set.of(REDIRECT), NINE));
    }

    /** The same, registered for scopes. */
    static Client registeredFor(String... scopes) {
        return client(Registered.with(
                Application.publicClient(ORGANIZATION, "desk", "Desk", Set.of(REDIRECT), NINE), true, scopes));
    }

    /** One that nobody trusts, registered for scopes. */
    static Client stranger(String... scopes) {
        return client(Registered.with(
                Application.publicClient(ORGANIZATION, "desk", "Desk", Set.of(REDIRECT), NINE), false, scopes));
    }

    static Client service() {
        return client(Application.serviceClient(
                ORGANIZATION, "service", "Service", new ClientSecret(SECRET), Set.of(), NINE));
    }

    /** One that must give its secret, and need not use PKCE. */
    static Client withoutProofKey() {
        return client(Registered.withoutProofKey(ORGANIZATION, REDIRECT, NINE));
    }

    private static Client client(Application application) {
        return new Client(new Versioned<>(1, OAuthClient.of(application)));
    }

    static String authorization() {
        return "client_id=desk&redirect_uri=https%3A%2F%2Fdesk.example%2Fcallback&response_type=code&state=s&nonce=n"
                + "&scope=openid+profile+payments&code_challenge_method=S256&code_challenge=" + CHALLENGE;
    }
}

package org.lapse.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.application.AuthorizedGrantType;
import org.lapse.clock.WallClock;
import org.lapse.directory.Entitlements;
import org.lapse.oauth.AccessTokens.AccessToken;
import org.lapse.oauth.AuthorizationCodes.Redemption;
import org.lapse.page.Unguessable;
import org.lapse.session.Admitted;
import org.lapse.session.EndReason;
import org.lapse.session.Grant;
import org.lapse.session.InactivityTimeouts;
import org.lapse.session.Opening;
import org.lapse.session.Session;
import org.lapse.session.Sessions;
import org.lapse.signin.SignIns;
import org.lapse.timeout.InactivityTimeout;

/**
 * What the grants give: each opens a session, or gives one its next access token.
 *
 * <p>There are refresh tokens only while no inactivity timeout applies: one that renews a token which went unused would
 * undo the timeout.
 */
@Singleton
class TokenGrants {
    private final AuthorizationCodes codes;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final Sessions sessions;
    private final SignIns signIns;
    private final InactivityTimeouts timeouts;
    private final WallClock clock;
    private final Duration refreshLifetime;

    @Inject
    TokenGrants(
            AuthorizationCodes codes,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            IdTokens idTokens,
            Sessions sessions,
            SignIns signIns,
            InactivityTimeouts timeouts,
            WallClock clock,
            @ConfigProperty(name = "lapse.refresh.lifetime", defaultValue = "P30D") Duration refreshLifetime) {
        this.codes = codes;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.sessions = sessions;
        this.signIns = signIns;
        this.timeouts = timeouts;
        this.clock = clock;
        this.refreshLifetime = refreshLifetime;
    }

    /** RFC 6749 section 4.1.3: a code for the first tokens of a user's session. */
    @Transactional(dontRollbackOn = OAuthRefusal.class)
    Tokens redeem(Client client, AuthorizationCodeGrant grant) {
        permit(client, AuthorizedGrantType.CODE);
        Instant now = clock.now();
        UUID sessionId = UUID.randomUUID();
        String code = grant.getAuthorizationCode().getValue();
        CodeProof proof = new CodeProof(
                client.id(),
                grant.getRedirectionURI() == null
                        ? null
                        : grant.getRedirectionURI().toString(),
                grant.getCodeVerifier());
        AuthorizationCode known =
                codes.find(code, client.id()).orElseThrow(() -> OAuthRefusal.invalidGrant("The code is unknown."));
        // First the locks on whose session it is, then the code: so nobody is disabled or signed out unseen meanwhile.
        Optional<Admitted> admitted = sessions.admit(unnamed(client, known.userId(), known.scope()));
        boolean signedIn = signIns.admit(known.signInId());
        Redemption redemption = codes.redeem(code, proof, sessionId, now);
        if (redemption instanceof Redemption.Refused refused) {
            throw OAuthRefusal.invalidGrant(refused.reason());
        }
        if (redemption instanceof Redemption.Replayed replayed) {
            sessions.end(replayed.sessionId(), EndReason.REVOKED);
            throw OAuthRefusal.invalidGrant("The code was redeemed before.");
        }
        AuthorizationCode redeemed = ((Redemption.Granted) redemption).code();
        if (!signedIn) {
            throw OAuthRefusal.invalidGrant("The user has signed out since.");
        }
        TokenHolder user = holder(client, admitted);
        Optional<Duration> timeout = inactivityTimeout(client, user);
        Instant usedAt = signIns.lastUse(redeemed.signInId());
        if (timeout.filter(unused -> !now.isBefore(usedAt.plus(unused))).isPresent()) {
            throw OAuthRefusal.invalidGrant("The sign-in has gone unused since for as long as sessions may.");
        }
        boolean refreshable = timeout.isEmpty();
        AccessToken access = accessTokens.forUser(
                client,
                user,
                redeemed.scope(),
                sessionId,
                redeemed.authenticatedAt(),
                Unguessable.next(),
                now,
                Instant.MAX);
        Instant end = refreshable ? later(access.expiresAt(), now.plus(refreshLifetime)) : access.expiresAt();
        Grant granted = grantOf(client, user, redeemed.scope());
        sessions.open(
                new Opening(sessionId, granted, redeemed.signInId(), usedAt, access.digest(), access.expiresAt(), end));
        String refresh = refreshable ? refreshTokens.issue(sessionId, redeemed.authenticatedAt(), now, end) : null;
        String idToken = idToken(
                client, user, redeemed.scope(), sessionId, redeemed.authenticatedAt(), redeemed.nonce(), access, now);
        return tokens(access, redeemed.scope(), refresh, idToken, now);
    }

    /** RFC 6749 section 6: a refresh token for the next tokens of the same session. */
    @Transactional(dontRollbackOn = OAuthRefusal.class)
    Tokens refresh(Client client, RefreshTokenGrant grant, Optional<String> askedScope) {
        permit(client, AuthorizedGrantType.CODE);
        Instant now = clock.now();
        String token = grant.getRefreshToken().getValue();
        RefreshTokens.Given given = refreshTokens
                .given(token)
                .filter(one -> one.applicationId().equals(client.id()))
                .orElseThrow(TokenGrants::unknownRefreshToken);
        UUID userId = Optional.ofNullable(given.userId()).orElseThrow(TokenGrants::unknownRefreshToken);
        // First the locks on whose session it is, then the session: so nobody is given other groups unseen meanwhile.
        Optional<Admitted> admitted = sessions.admit(unnamed(client, userId, given.scope()));
        Session session = sessions.lockRow(given.sessionId())
                .orElseThrow(() -> OAuthRefusal.invalidGrant("The session has ended."));
        // Read only now: somebody may have spent it before the session was locked.
        RefreshToken found = refreshTokens.find(token).orElseThrow(TokenGrants::unknownRefreshToken);
        if (refreshTokens.isStolen(found, now)) {
            sessions.end(session.id(), EndReason.REVOKED);
            throw OAuthRefusal.invalidGrant("The refresh token was used before.");
        }
        if (found.isExpired(now)) {
            throw OAuthRefusal.invalidGrant("The refresh token has expired.");
        }
        if (!sessions.isActive(session)) {
            throw OAuthRefusal.invalidGrant("The session is locked.");
        }
        TokenHolder user = holder(client, admitted);
        if (inactivityTimeout(client, user).isPresent()) {
            throw OAuthRefusal.invalidGrant(
                    "An inactivity timeout applies: tokens are not refreshed, the user signs in again.");
        }
        if (askedScope.isPresent() && !holdsAll(session.scope(), askedScope.get())) {
            throw OAuthRefusal.of(OAuth2Error.INVALID_SCOPE, "More scope is asked for than was granted.");
        }
        RefreshTokens.Succession succession = refreshTokens.succeed(token, found, now);
        // Who repeats the request gets the very token of the first answer: it is made of the same parts.
        AccessToken access = accessTokens.forUser(
                client,
                user,
                session.scope(),
                session.id(),
                found.authenticatedAt(),
                succession.accessTokenId(),
                succession.at(),
                found.expiresAt());
        if (!sessions.has(session, access.digest())) {
            sessions.giveToken(
                    session,
                    grantOf(client, user, session.scope()),
                    access.digest(),
                    access.expiresAt(),
                    refreshTokens.graceFrom(now));
        }
        String idToken =
                idToken(client, user, session.scope(), session.id(), found.authenticatedAt(), null, access, now);
        return tokens(access, session.scope(), succession.next(), idToken, now);
    }

    /** RFC 6749 section 4.4: a token for an application on its own. */
    @Transactional(dontRollbackOn = OAuthRefusal.class)
    Tokens giveToApplication(Client client) {
        permit(client, AuthorizedGrantType.CLIENT_CREDENTIALS);
        Instant now = clock.now();
        UUID sessionId = UUID.randomUUID();
        AccessToken access = accessTokens.forApplication(client, sessionId, now);
        Grant asked = new Grant(client.organizationId(), client.id(), null, client.id(), Entitlements.NONE, "");
        Opening opening =
                new Opening(sessionId, asked, null, now, access.digest(), access.expiresAt(), access.expiresAt());
        if (!sessions.openIfAdmitted(opening)) {
            throw OAuthRefusal.unauthorizedClient("The application is disabled.");
        }
        return tokens(access, "", null, null, now);
    }

    private @Nullable String idToken(
            Client client,
            TokenHolder user,
            String scope,
            UUID sessionId,
            Instant authenticatedAt,
            @Nullable String nonce,
            AccessToken access,
            Instant now) {
        return GrantedScope.holds(scope, GrantedScope.OPENID)
                ? idTokens.write(client, user.id(), sessionId, authenticatedAt, nonce, access, now)
                : null;
    }

    /** How long a session of a user can live at the most, if no inactivity timeout applies. */
    Duration longestLife(Client client) {
        Duration validity = client.application().tokenValidity();
        return validity.compareTo(refreshLifetime) > 0 ? validity : refreshLifetime;
    }

    private static void permit(Client client, AuthorizedGrantType needed) {
        if (client.application().authorizedGrantType() != needed) {
            throw OAuthRefusal.unauthorizedClient("This application gets its tokens by "
                    + client.application().authorizedGrantType().wireName() + ".");
        }
        if (needed == AuthorizedGrantType.CLIENT_CREDENTIALS
                && client.application().isPublicClient()) {
            throw OAuthRefusal.invalidClient("Only a client with a secret acts on its own.");
        }
    }

    private static TokenHolder holder(Client client, Optional<Admitted> admitted) {
        return admitted.flatMap(Admitted::person)
                .filter(person -> person.organizationId().equals(client.organizationId()))
                .map(TokenHolder::of)
                .orElseThrow(() -> OAuthRefusal.invalidGrant("The user may not sign in any more."));
    }

    private Optional<Duration> inactivityTimeout(Client client, TokenHolder user) {
        return timeouts.decisionFor(
                        client.organizationId(),
                        client.id(),
                        user.entitlements().groups())
                .timeout()
                .map(InactivityTimeout::duration);
    }

    private static boolean holdsAll(String granted, String asked) {
        return List.of(granted.split(" ", -1)).containsAll(List.of(asked.split(" ", -1)));
    }

    private static Grant unnamed(Client client, UUID userId, String scope) {
        return new Grant(client.organizationId(), client.id(), userId, "", Entitlements.NONE, scope);
    }

    private static Grant grantOf(Client client, TokenHolder user, String scope) {
        return new Grant(client.organizationId(), client.id(), user.id(), user.username(), user.entitlements(), scope);
    }

    private static Tokens tokens(
            AccessToken access, String scope, @Nullable String refresh, @Nullable String idToken, Instant now) {
        BearerAccessToken bearer = new BearerAccessToken(
                access.value(), Duration.between(now, access.expiresAt()).toSeconds(), GrantedScope.message(scope));
        com.nimbusds.oauth2.sdk.token.RefreshToken next =
                refresh == null ? null : new com.nimbusds.oauth2.sdk.token.RefreshToken(refresh);
        return idToken == null ? new Tokens(bearer, next) : new OIDCTokens(idToken, bearer, next);
    }

    private static OAuthRefusal unknownRefreshToken() {
        return OAuthRefusal.invalidGrant("The refresh token is unknown.");
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}

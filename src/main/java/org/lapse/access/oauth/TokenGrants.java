package org.lapse.access.oauth;

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
import org.lapse.access.oauth.AccessTokens.AccessToken;
import org.lapse.access.oauth.AuthorizationCodes.Redemption;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.application.AuthorizedGrantType;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.Unguessable;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.InactivityTimeouts;
import org.lapse.sessions.session.NewSession;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

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
    private final TokenHolders holders;
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
            TokenHolders holders,
            Sessions sessions,
            SignIns signIns,
            InactivityTimeouts timeouts,
            WallClock clock,
            @ConfigProperty(name = "lapse.refresh.lifetime", defaultValue = "P30D") Duration refreshLifetime) {
        this.codes = codes;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.holders = holders;
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
        StoredAuthorizationCode known =
                codes.find(code, client.id()).orElseThrow(() -> OAuthRefusal.invalidGrant("The code is unknown."));
        // First the locks on whose session it is, then the code: so nobody is disabled or signed out unseen meanwhile.
        Optional<SessionPrincipal> admitted = sessions.admit(unnamed(client, known.userId(), known.scope()));
        boolean signedIn = signIns.admit(known.signInId());
        Redemption redemption = codes.redeem(code, proof, sessionId, now);
        if (redemption instanceof Redemption.Refused refused) {
            throw OAuthRefusal.invalidGrant(refused.reason());
        }
        if (redemption instanceof Redemption.Replayed replayed) {
            sessions.end(replayed.sessionId(), EndReason.REVOKED);
            throw OAuthRefusal.invalidGrant("The code was redeemed before.");
        }
        StoredAuthorizationCode redeemed = ((Redemption.Granted) redemption).code();
        if (!signedIn) {
            throw OAuthRefusal.invalidGrant("The user has signed out since.");
        }
        if (admitted.isEmpty()) {
            throw OAuthRefusal.invalidGrant("The user may not sign in any more.");
        }
        TokenHolder user = holder(client, redeemed.userId());
        Optional<Duration> timeout = inactivityTimeout(client, user);
        Instant usedAt = signIns.lastUse(redeemed.signInId());
        if (timeout.filter(unused -> !now.isBefore(usedAt.plus(unused))).isPresent()) {
            throw OAuthRefusal.invalidGrant("The sign-in has gone unused since for as long as sessions may.");
        }
        if (sessions.hasLapsed(redeemed.signInId(), client.id(), redeemed.authenticatedAt())) {
            throw OAuthRefusal.invalidGrant("A session of the application has lapsed or was locked since.");
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
        SessionPrincipal principal = principalOf(client, user, redeemed.scope());
        sessions.open(new NewSession(
                sessionId, principal, redeemed.signInId(), usedAt, access.digest(), access.expiresAt(), end));
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
        StoredRefreshToken found = refreshTokens.find(token).orElseThrow(TokenGrants::unknownRefreshToken);
        Session candidate = sessions.find(found.sessionId())
                .filter(one -> one.applicationId().equals(client.id()))
                .orElseThrow(TokenGrants::unknownRefreshToken);
        UUID userId = Optional.ofNullable(candidate.userId()).orElseThrow(TokenGrants::unknownRefreshToken);
        // First the locks on whose session it is, then the session: so nobody is given other groups unseen meanwhile.
        Optional<SessionPrincipal> admitted = sessions.admit(unnamed(client, userId, candidate.scope()));
        Session session =
                sessions.lockRow(candidate.id()).orElseThrow(() -> OAuthRefusal.invalidGrant("The session has ended."));
        refreshTokens.refresh(found); // somebody may have spent it before the session was locked
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
        if (admitted.isEmpty()) {
            throw OAuthRefusal.invalidGrant("The user may not sign in any more.");
        }
        TokenHolder user = holder(client, userId);
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
                    principalOf(client, user, session.scope()),
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
        SessionPrincipal asked =
                new SessionPrincipal(client.organizationId(), client.id(), null, client.id(), Entitlements.NONE, "");
        NewSession newSession =
                new NewSession(sessionId, asked, null, now, access.digest(), access.expiresAt(), access.expiresAt());
        if (!sessions.openIfAdmitted(newSession)) {
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

    private TokenHolder holder(Client client, UUID userId) {
        return holders.find(client.organizationId(), userId)
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

    private static SessionPrincipal unnamed(Client client, UUID userId, String scope) {
        return new SessionPrincipal(client.organizationId(), client.id(), userId, "", Entitlements.NONE, scope);
    }

    private static SessionPrincipal principalOf(Client client, TokenHolder user, String scope) {
        return new SessionPrincipal(
                client.organizationId(), client.id(), user.id(), user.username(), user.entitlements(), scope);
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

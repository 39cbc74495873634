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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.access.oauth.AccessTokens.JwtAccessToken;
import org.lapse.access.oauth.AuthorizationCodes.Redemption;
import org.lapse.access.signin.Authentication;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.application.AuthorizedGrantType;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.Unguessable;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.session.AsksOtherNodes;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.InactivityTimeouts;
import org.lapse.sessions.session.NewSession;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;
import org.lapse.sessions.session.SignInHistory;

/**
 * What the grants give: each opens a session, or gives one its next access token.
 *
 * <p>There are refresh tokens only while no inactivity timeout applies: one that renews a token which went unused would
 * undo the timeout.
 */
@Singleton
class TokenGrants {
    private final Clients clients;
    private final AuthorizationCodes codes;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final TokenAudiences audiences;
    private final Sessions sessions;
    private final SignIns signIns;
    private final InactivityTimeouts timeouts;
    private final WallClock clock;
    private final Duration refreshLifetime;

    @Inject
    TokenGrants(
            Clients clients,
            AuthorizationCodes codes,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            IdTokens idTokens,
            TokenAudiences audiences,
            Sessions sessions,
            SignIns signIns,
            InactivityTimeouts timeouts,
            WallClock clock,
            @ConfigProperty(name = "lapse.refresh.lifetime", defaultValue = "P30D") Duration refreshLifetime) {
        this.clients = clients;
        this.codes = codes;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.audiences = audiences;
        this.sessions = sessions;
        this.signIns = signIns;
        this.timeouts = timeouts;
        this.clock = clock;
        this.refreshLifetime = refreshLifetime;
    }

    /** RFC 6749 section 4.1.3: a code for the first tokens of a user's session. */
    @Transactional(dontRollbackOn = OAuthRefusal.class)
    Tokens redeem(Client asking, AuthorizationCodeGrant grant, String askedAudience) {
        Client client = admit(asking, AuthorizedGrantType.CODE);
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
        String audience = audienceOf(client, known.audience(), askedAudience);
        // First the locks on whose session it is, then the code: so nobody is disabled or signed out unseen meanwhile.
        Optional<EnabledUser> admitted = sessions.admitUser(known.userId());
        Optional<Authentication> proved = signIns.admit(known.signInId());
        Redemption redemption = codes.redeem(code, proof, sessionId, now);
        if (redemption instanceof Redemption.Refused refused) {
            throw OAuthRefusal.invalidGrant(refused.reason());
        }
        if (redemption instanceof Redemption.Replayed replayed) {
            sessions.end(replayed.sessionId(), EndReason.REVOKED);
            throw OAuthRefusal.invalidGrant("The code was redeemed before.");
        }
        StoredAuthorizationCode redeemed = ((Redemption.Granted) redemption).code();
        Authentication present = proved.orElseThrow(() -> OAuthRefusal.invalidGrant("The user has signed out since."));
        Authentication authentication = redeemed.authentication().within(present);
        EnabledUser user = ofOrganization(client, admitted);
        mustStillHave(client, redeemed.scope());
        Optional<Duration> timeout = inactivityTimeout(client, user);
        SignInHistory history =
                sessions.history(redeemed.signInId(), redeemed.authentication().at());
        Instant usedAt = SignIns.lastUse(history, present.at());
        if (timeout.filter(unused -> !now.isBefore(usedAt.plus(unused))).isPresent()) {
            throw OAuthRefusal.invalidGrant("The sign-in has gone unused since for as long as sessions may.");
        }
        if (history.hasLapsed(client.id())) {
            throw OAuthRefusal.invalidGrant("A session of the application has lapsed or was locked since.");
        }
        boolean refreshable = timeout.isEmpty();
        JwtAccessToken access = accessTokens.forUser(
                client,
                user,
                redeemed.scope(),
                audience,
                sessionId,
                authentication,
                Unguessable.next(),
                now,
                Instant.MAX);
        Instant end = refreshable ? later(access.expiresAt(), now.plus(refreshLifetime)) : access.expiresAt();
        SessionPrincipal principal = principalOf(client, user, redeemed.scope(), audience);
        sessions.open(new NewSession(
                sessionId, principal, redeemed.signInId(), usedAt, access.digest(), access.expiresAt(), end));
        String refresh = refreshable ? refreshTokens.issue(sessionId, authentication, now, end) : null;
        String idToken =
                idToken(client, user, redeemed.scope(), sessionId, authentication, redeemed.nonce(), access, now);
        return tokens(access, redeemed.scope(), refresh, idToken, now);
    }

    /** Who has asked a user gets what the user was told of; who is trusted may name an API only now. */
    private String audienceOf(Client client, String granted, String asked) {
        String audience = RequestedAudience.of(granted, asked);
        if (granted.isEmpty() && !client.application().isTrusted() && !audiences.isSame(audience, "")) {
            throw OAuthRefusal.of(OAuth2Error.INVALID_TARGET, "The code was asked for another API (resource).");
        }
        return audience;
    }

    /** RFC 6749 section 6: a refresh token for the next tokens of the same session. */
    @AsksOtherNodes
    @Transactional(dontRollbackOn = OAuthRefusal.class)
    Tokens refresh(Client asking, RefreshTokenGrant grant, Optional<String> askedScope, String askedAudience) {
        Client client = admit(asking, AuthorizedGrantType.CODE);
        Instant now = clock.now();
        String token = grant.getRefreshToken().getValue();
        RefreshTokens.Given given = refreshTokens
                .given(token)
                .filter(one -> one.applicationId().equals(client.id()))
                .orElseThrow(TokenGrants::unknownRefreshToken);
        UUID userId = Optional.ofNullable(given.userId()).orElseThrow(TokenGrants::unknownRefreshToken);
        // First the locks on whose session it is, then the session: so nobody is given other groups unseen meanwhile.
        Optional<EnabledUser> admitted = sessions.admitUser(userId);
        Session session = sessions.lockRow(given.sessionId())
                .orElseThrow(() -> OAuthRefusal.invalidGrant("The session has ended."));
        // Read only now: somebody may have spent it before the session was locked.
        StoredRefreshToken found = refreshTokens.find(token).orElseThrow(TokenGrants::unknownRefreshToken);
        if (refreshTokens.isStolen(found, now)) {
            sessions.end(session.id(), EndReason.REVOKED);
            throw OAuthRefusal.invalidGrant("The refresh token was used before.");
        }
        if (found.isExpired(now)) {
            throw OAuthRefusal.invalidGrant("The refresh token has expired.");
        }
        if (!sessions.mayGoOn(session)) {
            throw OAuthRefusal.invalidGrant("The session is locked.");
        }
        EnabledUser user = ofOrganization(client, admitted);
        if (inactivityTimeout(client, user).isPresent()) {
            throw OAuthRefusal.invalidGrant(
                    "An inactivity timeout applies: tokens are not refreshed, the user signs in again.");
        }
        mustStillHave(client, session.scope());
        String scope = GrantedScope.ofRefresh(session.scope(), askedScope);
        if (!askedAudience.isEmpty() && !audiences.isSame(session.audience(), askedAudience)) {
            throw OAuthRefusal.of(OAuth2Error.INVALID_TARGET, "The token was given for another API (resource).");
        }
        RefreshTokens.Succession succession = refreshTokens.succeed(token, found, now);
        // Who repeats the request gets the very token of the first answer: it is made of the same parts.
        JwtAccessToken access = accessTokens.forUser(
                client,
                user,
                scope,
                session.audience(),
                session.id(),
                found.authentication(),
                succession.accessTokenId(),
                succession.at(),
                found.expiresAt());
        if (!sessions.has(session, access.digest())) {
            sessions.giveToken(
                    session,
                    principalOf(client, user, scope, session.audience()),
                    access.digest(),
                    access.expiresAt(),
                    // a token of less scope must not have the more that the next one has
                    GrantedScope.isWithin(scope, session.tokenScope()) ? refreshTokens.graceFrom(now) : now);
        }
        String idToken = idToken(client, user, scope, session.id(), found.authentication(), null, access, now);
        return tokens(access, scope, succession.next(), idToken, now);
    }

    /** RFC 6749 section 4.4: a token for an application on its own. */
    @Transactional(dontRollbackOn = OAuthRefusal.class)
    Tokens giveToApplication(Client asking, Optional<String> askedScope, String askedAudience) {
        Client client = admit(asking, AuthorizedGrantType.CLIENT_CREDENTIALS);
        Instant now = clock.now();
        UUID sessionId = UUID.randomUUID();
        String scope = GrantedScope.ofItself(askedScope, client.application());
        JwtAccessToken access = accessTokens.forApplication(client, scope, askedAudience, sessionId, now);
        SessionPrincipal principal = new SessionPrincipal(
                client.organizationId(),
                client.id(),
                null,
                client.id(),
                new Entitlements(Set.of(), client.application().permissions()),
                scope,
                askedAudience);
        sessions.open(new NewSession(
                sessionId, principal, null, now, access.digest(), access.expiresAt(), access.expiresAt()));
        return tokens(access, scope, null, null, now);
    }

    private @Nullable String idToken(
            Client client,
            EnabledUser user,
            String scope,
            UUID sessionId,
            Authentication authentication,
            @Nullable String nonce,
            JwtAccessToken access,
            Instant now) {
        return GrantedScope.holds(scope, GrantedScope.OPENID)
                ? idTokens.write(client, user.id(), sessionId, authentication, nonce, access, now)
                : null;
    }

    /** How long a session of a user can live at the most, if no inactivity timeout applies. */
    Duration longestLife(Client client) {
        Duration validity = client.application().tokenValidity();
        return validity.compareTo(refreshLifetime) > 0 ? validity : refreshLifetime;
    }

    /**
     * Locks the application, and looks once more at who asks: between its message and the lock, somebody may have
     * disabled it, replaced its secret or taken something from it.
     */
    private Client admit(Client asking, AuthorizedGrantType needed) {
        Client client = clients.admit(asking)
                .orElseThrow(() -> OAuthRefusal.unauthorizedClient("The application is disabled."));
        if (!client.isAuthenticated()) {
            throw OAuthRefusal.invalidClient("The client's secret is another since.");
        }
        permit(client, needed);
        return client;
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

    private static EnabledUser ofOrganization(Client client, Optional<EnabledUser> admitted) {
        return admitted.filter(user -> user.organizationId().equals(client.organizationId()))
                .orElseThrow(() -> OAuthRefusal.invalidGrant("The user may not sign in any more."));
    }

    /** The application may have lost the trust, or a scope, since the user gave it access. */
    private static void mustStillHave(Client client, String scope) {
        if (!GrantedScope.isStill(scope, client.application())) {
            throw OAuthRefusal.invalidGrant(
                    "The application may not have this scope any more: the user signs in again.");
        }
    }

    private Optional<Duration> inactivityTimeout(Client client, EnabledUser user) {
        return timeouts.decisionFor(
                        client.organizationId(),
                        client.id(),
                        user.entitlements().groups())
                .timeout()
                .map(InactivityTimeout::duration);
    }

    private static SessionPrincipal principalOf(Client client, EnabledUser user, String scope, String audience) {
        return new SessionPrincipal(
                client.organizationId(), client.id(), user.id(), user.username(), user.entitlements(), scope, audience);
    }

    private static Tokens tokens(
            JwtAccessToken access, String scope, @Nullable String refresh, @Nullable String idToken, Instant now) {
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

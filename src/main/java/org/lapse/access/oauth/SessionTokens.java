package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.lapse.access.oauth.AccessTokens.JwtAccessToken;
import org.lapse.access.signin.Authentication;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.platform.page.Unguessable;
import org.lapse.sessions.session.NextToken;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/**
 * New access tokens for sessions to which their users come back: a thief of the one before does not have this
 * one. The one before stays good for {@code lapse.refresh.reuse-grace}, for the calls that are under way.
 *
 * @see <a href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 7.2.4</a>
 */
@Singleton
@Transactional(TxType.MANDATORY)
public class SessionTokens {
    private final Clients clients;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Sessions sessions;

    @Inject
    SessionTokens(Clients clients, AccessTokens accessTokens, RefreshTokens refreshTokens, Sessions sessions) {
        this.clients = clients;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.sessions = sessions;
    }

    /**
     * Locks the application and the user of a session that is going to have another access token. It comes before the
     * locks on sign-in and session, and before anybody looks at what the user has proved: that may count no more once the
     * user is locked.
     *
     * @return empty where the application or the user may have no token
     */
    public Optional<Recipient> admit(Session session) {
        UUID userId = session.userId();
        Client known = clients.find(session.applicationId()).orElse(null);
        if (userId == null || known == null) {
            return Optional.empty();
        }
        return clients.admit(known)
                .flatMap(client -> sessions.admitUser(userId).map(user -> new Recipient(client, user, session)));
    }

    /**
     * The next access token of a session, which lives no longer than the session.
     *
     * @param authentication when and how the user has proved who they are
     */
    public Issued next(Recipient recipient, Authentication authentication, Instant now) {
        Client client = recipient.client;
        EnabledUser user = recipient.user;
        Session session = recipient.session;
        JwtAccessToken access = accessTokens.forUser(
                client,
                user,
                session.tokenScope(),
                session.audience(),
                session.id(),
                authentication,
                Unguessable.next(),
                now,
                session.expiresAt());
        SessionPrincipal principal = new SessionPrincipal(
                session.organizationId(),
                client.id(),
                user.id(),
                user.username(),
                user.entitlements(),
                session.tokenScope(),
                session.audience());
        return new Issued(
                access.value(),
                access.expiresAt(),
                new NextToken(principal, access.digest(), access.expiresAt(), refreshTokens.graceFrom(now)));
    }

    /** An application and a user who are locked, and their session. */
    public static final class Recipient {
        private final Client client;
        private final EnabledUser user;
        private final Session session;

        private Recipient(Client client, EnabledUser user, Session session) {
            this.client = client;
            this.user = user;
            this.session = session;
        }
    }

    /**
     * An access token, which must not be written anywhere, and what the session is told of it.
     *
     * @param value the token
     * @param expiresAt when its life is over
     * @param next what the session keeps
     */
    public record Issued(String value, Instant expiresAt, NextToken next) {
        @Override
        public String toString() {
            return "Issued[hidden]";
        }
    }
}

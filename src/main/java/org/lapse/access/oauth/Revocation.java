package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.Sessions;

/**
 * Revokes the tokens of a client. With one token of a session all that belong to it are revoked.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009#section-2.1">RFC 7009, section 2.1</a>
 */
@Singleton
class Revocation {
    private final Admission admission;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens;

    @Inject
    Revocation(Admission admission, Sessions sessions, RefreshTokens refreshTokens) {
        this.admission = admission;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
    }

    /** Ends the session of an access token or a refresh token, unless it is unknown or another client's. */
    @Transactional
    void revoke(Client client, String token) {
        sessionOf(token, client).ifPresent(session -> sessions.end(session, EndReason.REVOKED));
    }

    private Optional<UUID> sessionOf(String token, Client client) {
        return admission
                .find(token)
                .filter(live -> live.principal().applicationId().equals(client.id()))
                .map(LiveSession::id)
                .or(() -> refreshTokens
                        .find(token)
                        .flatMap(found -> sessions.find(found.sessionId()))
                        .filter(session -> session.applicationId().equals(client.id()))
                        .map(Session::id));
    }
}

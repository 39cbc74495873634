package org.lapse.access.oauth;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
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
    private final Event<RevokedByClient> revoked;

    @Inject
    Revocation(Admission admission, Sessions sessions, RefreshTokens refreshTokens, Event<RevokedByClient> revoked) {
        this.admission = admission;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.revoked = revoked;
    }

    /**
     * Ends the session of an access token or a refresh token; an unknown one is as good as revoked.
     *
     * @throws OAuthRefusal {@code unauthorized_client} if it was given to another client
     */
    @Transactional
    void revoke(Client client, String token) {
        Given given = given(token).orElse(null);
        if (given == null) {
            return;
        }
        if (!given.clientId().equals(client.id())) {
            throw OAuthRefusal.unauthorizedClient("The token was given to another client.");
        }
        if (sessions.end(List.of(given.sessionId()), EndReason.REVOKED) > 0) {
            revoked.fire(new RevokedByClient(client.id(), given.sessionId()));
        }
    }

    private Optional<Given> given(String token) {
        return admission
                .find(token)
                .map(live -> new Given(live.principal().applicationId(), live.id()))
                .or(() -> refreshTokens
                        .find(token)
                        .flatMap(found -> sessions.find(found.sessionId()))
                        .map(session -> new Given(session.applicationId(), session.id())));
    }

    private record Given(String clientId, UUID sessionId) {}
}

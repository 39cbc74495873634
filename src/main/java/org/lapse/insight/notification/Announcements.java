package org.lapse.insight.notification;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.presence.PresenceChanged;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.TokenGiven;

/** Makes notices of what the house tells, once it has been committed; nothing where nobody is connected. */
@Singleton
class Announcements {
    private static final String LOCKED = "locked";

    private final Sockets sockets;

    @Inject
    Announcements(Sockets sockets) {
        this.sockets = sockets;
    }

    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) PresenceChanged now) {
        if (sockets.isEmpty()) {
            return;
        }
        if (now.presenceMoved()) {
            tell(now, TopicKind.PRESENCE, EventBody.Presence.of(now));
        }
        if (now.routingStatusMoved()) {
            tell(now, TopicKind.ROUTING_STATUS, EventBody.RoutingStatus.of(now));
        }
        tell(now, TopicKind.ACTIVITY, EventBody.Activity.of(now));
    }

    private void tell(PresenceChanged now, TopicKind kind, EventBody body) {
        sockets.deliver(new Notice.Happened(new Topic(now.userId(), kind), now.number(), body));
    }

    /** One question to the memory for each session, and none to the database, however many end at once. */
    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionEvents happened) {
        if (sockets.isEmpty()) {
            return;
        }
        // first those who lose their session, so that none of them hears of it as of somebody's token
        happened.events().forEach(this::tellTheSessionsChannels);
        happened.of(SessionEvent.SessionEnded.class).forEach(ended -> {
            UUID userId = ended.session().userId();
            if (userId != null) {
                tellOfToken(userId, EventBody.Token.ended(userId, ended));
            }
        });
    }

    private void tellTheSessionsChannels(SessionEvent event) {
        UUID sessionId = event.session().id();
        if (event instanceof SessionEvent.SessionEnded ended) {
            String reason = ended.reason().wireName();
            sockets.deliver(new Notice.SessionOver(sessionId, Closing.SESSION_ENDED, reason));
        } else if (event instanceof SessionEvent.SessionLocked) {
            sockets.deliver(new Notice.SessionOver(sessionId, Closing.SESSION_LOCKED, LOCKED));
        }
    }

    void tell(@Observes TokenGiven given) {
        if (sockets.isEmpty()) {
            return;
        }
        LiveSession<SessionPrincipal> session = given.session();
        sockets.renew(session);
        UUID userId = session.principal().userId();
        if (userId != null) {
            tellOfToken(userId, EventBody.Token.given(userId, session, given.at()));
        }
    }

    private void tellOfToken(UUID userId, EventBody.Token body) {
        sockets.deliver(new Notice.Happened(new Topic(userId, TopicKind.TOKENS), 0, body));
    }
}

package org.lapse.insight.notification;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.presence.PresenceChanged;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.SessionsChangedElsewhere;
import org.lapse.sessions.session.TokenGiven;

/**
 * Makes notices of what the house tells, once it has been committed, on this node or on another; nothing where nobody is
 * connected here. Of presences and channels the sockets are all that a node has in memory, so it has followed a change
 * of them once it has come here.
 */
@Singleton
class Announcements {
    private static final String LOCKED = "locked";

    private final Sockets sockets;
    private final Admission admission;
    private final ChangeNumbers numbers;

    @Inject
    Announcements(Sockets sockets, Admission admission, ChangeNumbers numbers) {
        this.sockets = sockets;
        this.admission = admission;
        this.numbers = numbers;
    }

    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) PresenceChanged now) {
        numbers.followed(now.number());
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

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) Notice.ChannelChanged changed) {
        numbers.followed(changed.number());
    }

    /** Where another node has given tokens, ended sessions or locked them, this one has followed that. */
    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsChangedElsewhere changed) {
        if (sockets.isEmpty()) {
            return;
        }
        changed.tokens().forEach(token -> {
            admission.find(token.session().id()).ifPresent(sockets::renew);
            UUID userId = token.session().userId();
            if (userId != null) {
                tellOfToken(userId, EventBody.Token.given(userId, token));
            }
        });
        tell(changed.events());
    }

    /** One question to the memory for each session, and none to the database, however many end at once. */
    void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionEvents happened) {
        if (sockets.isEmpty()) {
            return;
        }
        tell(happened.events());
    }

    /** First those who lose their session, so that none of them hears of it as of somebody's token. */
    private void tell(List<SessionEvent> events) {
        events.forEach(this::tellTheSessionsChannels);
        for (SessionEvent event : events) {
            UUID userId = event.session().userId();
            if (event instanceof SessionEvent.SessionEnded ended && userId != null) {
                tellOfToken(userId, EventBody.Token.ended(userId, ended));
            }
        }
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

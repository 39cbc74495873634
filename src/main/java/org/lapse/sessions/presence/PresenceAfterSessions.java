package org.lapse.sessions.presence;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.NotReady;
import org.lapse.organizations.application.RulesInForce;
import org.lapse.platform.database.RowLocks;
import org.lapse.sessions.openwork.Holds;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.SessionState;

/**
 * Users who are gone: the last session that carried their presence has ended, or one was locked and its application
 * sets agents not ready.
 *
 * <p>The presence is locked before the sessions that are left are counted. Of two transactions that end the last two
 * sessions of a user, one after the other gets that lock, and the later one sees both ends. Users who are Offline
 * already, or never chose a presence, cost no more than their place in one query for the whole batch.
 */
@Singleton
@Transactional
class PresenceAfterSessions {
    private final Presences presences;
    private final RulesInForce rules;
    private final Holds holds;
    private final EntityManager entities;

    @Inject
    PresenceAfterSessions(Presences presences, RulesInForce rules, Holds holds, EntityManager entities) {
        this.presences = presences;
        this.rules = rules;
        this.holds = holds;
        this.entities = entities;
    }

    void follow(@Observes SessionEvents happened) {
        Instant now = happened.events().get(0).at();
        signOut(usersWhoseSessionEnded(happened), now);
        leaveDesks(happened.of(SessionEvent.SessionLocked.class).map(SessionEvent::session), now);
    }

    /** One after the other in the order of their ids: two who lock sessions never wait for each other. */
    private void leaveDesks(Stream<SessionEvent.Subject> locked, Instant now) {
        Map<UUID, NotReady> leaving = new TreeMap<>(RowLocks.ORDER);
        locked.filter(session -> session.userId() != null).forEach(session -> rules.of(session.applicationId())
                .notReadyOnInactivity()
                .ifPresent(notReady -> leaving.putIfAbsent(session.userId(), notReady)));
        leaving.forEach((userId, notReady) -> leaveDesk(userId, notReady, now));
    }

    private void signOut(Set<UUID> users, Instant now) {
        Collection<UserPresence> shown = presences.lockShown(users);
        Set<UUID> staying = staying(shown.stream().map(UserPresence::userId).collect(Collectors.toSet()));
        LongSupplier number = presences.oneNumber();
        for (UserPresence presence : shown) {
            if (!staying.contains(presence.userId())) {
                become(presence, Availability.SIGNED_OUT, null, number, now);
            }
        }
    }

    private void leaveDesk(UUID userId, NotReady notReady, Instant now) {
        for (UserPresence presence : presences.lockShown(Set.of(userId))) {
            Availability next = presence.availability().leaveDesk();
            if (!next.equals(presence.availability())) {
                become(presence, next, notReady.reason().orElse(null), presences.oneNumber(), now);
            }
        }
    }

    private void become(
            UserPresence presence, Availability next, @Nullable String message, LongSupplier number, Instant now) {
        if (presence.availability().routingStatus().isOpenWork()) {
            holds.endWithSessions(presence.userId(), OpenWork.INTERACTION, now);
        }
        presences.change(presence, next, message, number, now);
    }

    /** Those among these users who have a session left that carries their presence; a locked one does. */
    private Set<UUID> staying(Set<UUID> users) {
        return users.isEmpty()
                ? users
                : entities.createQuery(
                                "select distinct s.userId, s.applicationId from Session s"
                                        + " where s.userId in :users and s.state in :live",
                                Object[].class)
                        .setParameter("users", users)
                        .setParameter("live", SessionState.LIVE)
                        .getResultStream()
                        .filter(left -> rules.of((String) left[1]).presence().carriesPresence())
                        .map(left -> (UUID) left[0])
                        .collect(Collectors.toUnmodifiableSet());
    }

    private Set<UUID> usersWhoseSessionEnded(SessionEvents happened) {
        return happened.of(SessionEvent.SessionEnded.class)
                .map(SessionEvent::session)
                .filter(session -> rules.of(session.applicationId()).presence().carriesPresence())
                .map(SessionEvent.Subject::userId)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }
}

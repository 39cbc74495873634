package org.lapse.presence;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lapse.application.PresenceOptions;
import org.lapse.application.RulesInForce;
import org.lapse.session.SessionEvent;
import org.lapse.session.SessionEvents;
import org.lapse.session.SessionState;

/**
 * Users who are gone: the last session that carried their presence has ended, or one was locked and its application sets
 * agents not ready.
 *
 * <p>The presence is locked before the sessions that are left are counted. Of two transactions that end the last two
 * sessions of a user, one after the other gets that lock, and the later one sees both ends. Users who are Offline
 * already, or never chose a presence, cost no more than their place in one query for the whole batch.
 */
@Singleton
@Transactional
class Departures {
    private final Presences presences;
    private final RulesInForce rules;
    private final EntityManager entities;

    @Inject
    Departures(Presences presences, RulesInForce rules, EntityManager entities) {
        this.presences = presences;
        this.rules = rules;
        this.entities = entities;
    }

    void follow(@Observes SessionEvents happened) {
        Instant now = happened.events().get(0).at();
        signOut(usersOf(happened, SessionEvent.SessionEnded.class, PresenceOptions::carriesPresence), now);
        leaveDesk(usersOf(happened, SessionEvent.SessionLocked.class, PresenceOptions::setsAgentNotReady), now);
    }

    private void signOut(Set<UUID> users, Instant now) {
        Collection<UserPresence> shown = presences.lockShown(users);
        Set<UUID> staying = staying(shown.stream().map(UserPresence::userId).collect(Collectors.toSet()));
        for (UserPresence presence : shown) {
            if (!staying.contains(presence.userId())) {
                presences.change(presence, Availability.SIGNED_OUT, now);
            }
        }
    }

    private void leaveDesk(Set<UUID> users, Instant now) {
        for (UserPresence presence : presences.lockShown(users)) {
            presences.change(presence, presence.availability().leaveDesk(), now);
        }
    }

    /** Those among these users who have a session left that carries their presence; a locked one does. */
    private Set<UUID> staying(Set<UUID> users) {
        return users.isEmpty()
                ? users
                : entities.createQuery(
                                "select distinct s.userId, s.applicationId from Session s"
                                        + " where s.userId in :users and s.state <> :ended",
                                Object[].class)
                        .setParameter("users", users)
                        .setParameter("ended", SessionState.ENDED)
                        .getResultStream()
                        .filter(left -> rules.of((String) left[1]).presence().carriesPresence())
                        .map(left -> (UUID) left[0])
                        .collect(Collectors.toUnmodifiableSet());
    }

    private Set<UUID> usersOf(
            SessionEvents happened, Class<? extends SessionEvent> kind, Predicate<PresenceOptions> rule) {
        return happened.events().stream()
                .filter(kind::isInstance)
                .map(SessionEvent::session)
                .filter(session -> rule.test(rules.of(session.applicationId()).presence()))
                .map(SessionEvent.Subject::userId)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }
}

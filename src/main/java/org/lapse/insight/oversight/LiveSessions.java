package org.lapse.insight.oversight;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.session.ActivitySources;
import org.lapse.sessions.session.EffectivePolicy;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * The live sessions of an organization, as this node's ledger knows them to the last activity. Each question walks
 * through the ledger once: the sessions themselves have no index that every activity would have to keep up.
 */
@Singleton
class LiveSessions {
    private final SessionLedger<SessionPrincipal> ledger;
    private final WallClock clock;

    @Inject
    LiveSessions(SessionLedger<SessionPrincipal> ledger, WallClock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Those that match, as they stand now, in no order. */
    List<SeenSession> find(UUID organizationId, SessionFilter filter) {
        Instant now = clock.now();
        List<SeenSession> found = new ArrayList<>();
        ledger.forEach(session -> {
            SessionPrincipal grant = session.principal();
            if (grant.organizationId().equals(organizationId) && concerns(filter, session, grant)) {
                LiveState.of(session, now)
                        .map(state -> SeenSession.of(session, state))
                        .filter(seen -> stands(filter, seen, now))
                        .ifPresent(found::add);
            }
        });
        return found;
    }

    /** The session of that id, if it is a live one of that organization. */
    Optional<SeenSession> find(UUID organizationId, LiveSession<SessionPrincipal> session) {
        return Optional.of(session)
                .filter(live -> live.principal().organizationId().equals(organizationId))
                .flatMap(live -> LiveState.of(live, clock.now()).map(state -> SeenSession.of(live, state)));
    }

    /** How many there are: of each state, of those that lapse soon, in each application, and by what resets them. */
    Numbers count(UUID organizationId, SessionFilter soon) {
        Instant now = clock.now();
        Numbers numbers = new Numbers();
        ledger.forEach(session -> {
            if (session.principal().organizationId().equals(organizationId)) {
                LiveState.of(session, now)
                        .map(state -> SeenSession.of(session, state))
                        .ifPresent(seen -> numbers.add(seen, stands(soon, seen, now)));
            }
        });
        return numbers;
    }

    private static boolean concerns(
            SessionFilter filter, LiveSession<SessionPrincipal> session, SessionPrincipal grant) {
        return filter.userId().map(id -> id.equals(grant.userId())).orElse(true)
                && filter.applicationId().map(grant.applicationId()::equals).orElse(true)
                && filter.groupId().map(grant.entitlements().groups()::contains).orElse(true)
                && (filter.contains().isEmpty()
                        || grant.name().contains(filter.contains())
                        || grant.applicationId().contains(filter.contains()))
                && filter.lastResetBy()
                        .map(wanted -> ActivitySources.OF_THIS_SERVER
                                .nameOf(session.lastUse())
                                .filter(wanted::equals)
                                .isPresent())
                        .orElse(true)
                && filter.rule()
                        .map(wanted -> EffectivePolicy.of(session)
                                .decision()
                                .rule()
                                .wireName()
                                .equals(wanted))
                        .orElse(true);
    }

    private static boolean stands(SessionFilter filter, SeenSession seen, Instant now) {
        return filter.state().map(seen.state()::isMeantBy).orElse(true)
                && filter.lapsingWithin()
                        .map(within -> seen.state() != LiveState.LOCKED
                                && seen.session()
                                        .inactiveAt()
                                        .filter(at -> !at.isAfter(now.plus(within)))
                                        .isPresent())
                        .orElse(true);
    }

    /** What one walk has counted. */
    static final class Numbers {
        private final Map<LiveState, Long> byState = new HashMap<>();
        private final Map<String, Long> byApplication = new HashMap<>();
        private final Map<Integer, Long> byReset = new HashMap<>();
        private long soon;

        private void add(SeenSession seen, boolean lapsesSoon) {
            byState.merge(seen.state(), 1L, Long::sum);
            byApplication.merge(seen.applicationId(), 1L, Long::sum);
            byReset.merge(seen.session().lastUse(), 1L, Long::sum);
            if (lapsesSoon) {
                soon++;
            }
        }

        long of(LiveState state) {
            return byState.getOrDefault(state, 0L);
        }

        /** How many lapse soon. */
        long soon() {
            return soon;
        }

        Map<String, Long> byApplication() {
            return byApplication;
        }

        /** By the numbers of {@link ActivitySources}. */
        Map<Integer, Long> byReset() {
            return byReset;
        }
    }
}

package org.lapse.sessions.session;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.sessions.ledger.SessionLedger;

/**
 * How many sessions a user, or an application on its own, may have that have not ended, and may open in a day.
 *
 * <p>A user's are counted in the transaction that opens one more, with the count of the day in that application locked.
 * So nobody has too many in one application; in all, by one for each application that opens one at the same moment.
 * Where there are as many as may be, the one of the same sign-in and application that was used longest ago makes room:
 * an application that opens one after the other in the background takes room from itself alone.
 *
 * <p>Applications ask for tokens far more often, and side by side, so theirs are counted once for many: this node then
 * knows for how many more there is room, takes from that in memory, and counts again when it is used up or old. What is
 * under way counts as there. So one node never permits too many. Several nodes may, by what each may take before it
 * counts again: 100, or a tenth of the room. What they open in a day is counted before they do so, 100 at a time.
 */
@Singleton
class SessionLimits {
    private static final int LEAST_PORTION = 100;
    private static final int PORTIONS = 10;
    private static final int OPENINGS = 100;
    private static final Duration COUNT_HOLDS = Duration.ofMinutes(1);

    /** For how long a client is sent away at the most: a session may end long before its life is over. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Limits limits;
    private final SessionRows rows;
    private final SessionBatches batches;
    private final SessionLedger<SessionPrincipal> ledger;
    private final Event<Taken> takings;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    @Inject
    SessionLimits(
            Limits limits,
            SessionRows rows,
            SessionBatches batches,
            SessionLedger<SessionPrincipal> ledger,
            Event<Taken> takings) {
        this.limits = limits;
        this.rows = rows;
        this.batches = batches;
        this.ledger = ledger;
        this.takings = takings;
    }

    /**
     * Permits one more session, which the present transaction opens.
     *
     * @throws org.lapse.platform.api.ApiException 429 where there are as many as are permitted, and none makes room, or
     *     as many were opened in a day
     */
    @Transactional(TxType.MANDATORY)
    void admit(NewSession session, Instant now) {
        UUID userId = session.principal().userId();
        if (userId == null) {
            admitApplication(session.principal().applicationId(), now);
        } else {
            admitUser(userId, session, now);
        }
    }

    private void admitUser(UUID userId, NewSession session, Instant now) {
        int most = limits.most(Limited.SESSIONS_OF_USER);
        int mostThere = limits.most(Limited.SESSIONS_OF_USER_IN_APPLICATION);
        String applicationId = session.principal().applicationId();
        limits.use(
                Limited.OPENINGS_OF_USER,
                userId + " " + applicationId,
                "A user opens at most %d sessions in an application",
                now);
        if (most == Integer.MAX_VALUE && mostThere == Integer.MAX_VALUE) {
            return;
        }
        if (!limits.isSet(Limited.OPENINGS_OF_USER)) { // else the count of the day is locked
            Limited set = limits.isSet(Limited.SESSIONS_OF_USER)
                    ? Limited.SESSIONS_OF_USER
                    : Limited.SESSIONS_OF_USER_IN_APPLICATION;
            limits.lock(set, userId.toString(), now);
        }
        SessionRows.Count count = rows.countLive(userId, applicationId);
        if ((count.there() < mostThere && count.all() < most) || makesRoom(session, now)) {
            return;
        }
        if (count.there() >= mostThere) {
            throw limits.refusal(
                    Limited.SESSIONS_OF_USER_IN_APPLICATION,
                    "The user has " + mostThere + " sessions in the application already. End one of them first.",
                    Optional.of(LONGEST_WAIT));
        }
        throw limits.refusal(
                Limited.SESSIONS_OF_USER,
                "The user has " + most + " sessions already. End one of them first.",
                wait(SessionRows.Reference.USER, userId, now));
    }

    /** Ends the session of the same sign-in and application that was used longest ago; false where there is none. */
    private boolean makesRoom(NewSession session, Instant now) {
        UUID signInId = session.signInId();
        Optional<Session> oldest = signInId == null
                ? Optional.empty()
                : rows.live(signInId, session.principal().applicationId()).stream()
                        .min(Comparator.comparing((Session one) -> lastUse(one, now))
                                .thenComparing(Session::id, RowLocks.ORDER));
        oldest.ifPresent(one -> batches.end(List.of(one.id()), EndReason.REPLACED, now));
        return oldest.isPresent();
    }

    /** Its own last use, at least its opening: it follows the last use of its sign-in, which may have come before. */
    private Instant lastUse(Session session, Instant now) {
        Instant use =
                SignInHistory.lastUse(ledger.find(session.id()), session.lastActivityAt(), session.heldUntil(), now);
        return use.isAfter(session.openedAt()) ? use : session.openedAt();
    }

    private Optional<Duration> wait(SessionRows.Reference reference, Object id, Instant now) {
        return rows.firstEnd(reference, id)
                .map(end -> Duration.between(now, end))
                .map(wait -> wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }

    private void admitApplication(String applicationId, Instant now) {
        int most = limits.most(Limited.SESSIONS_OF_CLIENT);
        if (most == Integer.MAX_VALUE && !limits.isSet(Limited.OPENINGS_OF_CLIENT)) {
            return;
        }
        Room room = rooms.computeIfAbsent(applicationId, unknown -> new Room());
        // Who waits here with a lock that the count would wait for: nobody. It locks the count of the day alone, and
        // who has that goes out and does not come back.
        synchronized (room) {
            if (most != Integer.MAX_VALUE
                    && (room.left == 0 || room.countedAt.plus(COUNT_HOLDS).isBefore(now))) {
                int underWay = room.underWay.get(); // before the count: what is committed meanwhile counts twice
                long free = most - rows.countLiveOfItself(applicationId) - underWay;
                room.left = (int) Math.max(0, Math.min(free, Math.max(LEAST_PORTION, free / PORTIONS)));
                room.countedAt = now;
            }
            if (most != Integer.MAX_VALUE && room.left == 0) {
                throw limits.refusal(
                        Limited.SESSIONS_OF_CLIENT,
                        "The application has " + most + " sessions already. Use a token until it expires.",
                        wait(SessionRows.Reference.APPLICATION, applicationId, now));
            }
            if (room.openings == 0) {
                room.openings = limits.useSeveral(
                        Limited.OPENINGS_OF_CLIENT,
                        applicationId,
                        OPENINGS,
                        "An application on its own opens at most %d sessions",
                        now);
            }
            room.openings--;
            room.left--;
            room.underWay.incrementAndGet();
        }
        takings.fire(new Taken(applicationId));
    }

    void settle(@Observes(during = TransactionPhase.AFTER_COMPLETION) Taken taken) {
        Room room = rooms.get(taken.applicationId());
        if (room != null) {
            room.underWay.decrementAndGet();
        }
    }

    /** A transaction opens one more session of an application on its own. */
    record Taken(String applicationId) {}

    /** For how many more sessions there is room, and how many openings of them are counted. */
    private static final class Room {
        private final AtomicInteger underWay = new AtomicInteger();
        private int left;
        private int openings;
        private Instant countedAt = Instant.MIN.plus(COUNT_HOLDS);
    }
}

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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;

/**
 * How many sessions a user, or an application on its own, may have that have not ended.
 *
 * <p>A user's are counted in the transaction that opens one more, with the count locked. Applications ask for tokens
 * far more often, and side by side, so theirs are counted once for many: this node then knows for how many more there
 * is room, takes from that in memory, and counts again when it is used up or old. What is under way counts as there.
 * So one node never permits too many. Several nodes may, by what each may take before it counts again: 100, or a tenth
 * of the room.
 */
@Singleton
class SessionLimits {
    private static final int LEAST_PORTION = 100;
    private static final int PORTIONS = 10;
    private static final Duration COUNT_HOLDS = Duration.ofMinutes(1);

    private final Limits limits;
    private final SessionRows rows;
    private final Event<Taken> takings;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    @Inject
    SessionLimits(Limits limits, SessionRows rows, Event<Taken> takings) {
        this.limits = limits;
        this.rows = rows;
        this.takings = takings;
    }

    /**
     * Permits one more session of a principal, which the present transaction opens.
     *
     * @throws org.lapse.platform.api.ApiException 429 where there are as many as are permitted; {@code Retry-After}
     *     says when the first of them ends at the latest
     */
    @Transactional(TxType.MANDATORY)
    void admit(SessionPrincipal principal, Instant now) {
        UUID userId = principal.userId();
        if (userId == null) {
            admitApplication(principal.applicationId(), now);
        } else {
            admitUser(userId, now);
        }
    }

    private void admitUser(UUID userId, Instant now) {
        int most = limits.most(Limited.SESSIONS_OF_USER);
        if (most == Integer.MAX_VALUE) {
            return;
        }
        limits.lock(Limited.SESSIONS_OF_USER, userId.toString(), now);
        if (rows.countLive(SessionRows.Reference.USER, userId) >= most) {
            throw limits.refusal(
                    Limited.SESSIONS_OF_USER,
                    "The user has " + most + " sessions already. End one of them first.",
                    rows.firstEnd(SessionRows.Reference.USER, userId).map(end -> Duration.between(now, end)));
        }
    }

    private void admitApplication(String applicationId, Instant now) {
        int most = limits.most(Limited.SESSIONS_OF_CLIENT);
        if (most == Integer.MAX_VALUE) {
            return;
        }
        Room room = rooms.computeIfAbsent(applicationId, unknown -> new Room());
        synchronized (room) { // nobody waits here with a lock that the count would wait for: it locks nothing
            if (room.left == 0 || room.countedAt.plus(COUNT_HOLDS).isBefore(now)) {
                int underWay = room.underWay.get(); // before the count: what is committed meanwhile counts twice
                long free = most - rows.countLiveOfItself(applicationId) - underWay;
                room.left = (int) Math.max(0, Math.min(free, Math.max(LEAST_PORTION, free / PORTIONS)));
                room.countedAt = now;
            }
            if (room.left == 0) {
                throw limits.refusal(
                        Limited.SESSIONS_OF_CLIENT,
                        "The application has " + most + " sessions already. Use a token until it expires.",
                        rows.firstEnd(SessionRows.Reference.APPLICATION, applicationId)
                                .map(end -> Duration.between(now, end)));
            }
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

    /** For how many more sessions there is room. */
    private static final class Room {
        private final AtomicInteger underWay = new AtomicInteger();
        private int left;
        private Instant countedAt = Instant.MIN.plus(COUNT_HOLDS);
    }
}

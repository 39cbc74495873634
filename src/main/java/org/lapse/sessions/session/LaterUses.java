package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.clock.MonotonicClock;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.nodes.OtherNodes;
import org.lapse.sessions.nodes.ThisNode;

/**
 * Asks, before anybody is told that a session went unused for too long, whether another node knows of a later use. The
 * row says so, at the latest once every other node has closed up to the deadline. A node that is alone asks nobody.
 *
 * <p>Somebody asks only between the deadline that this node knows and its next turn, so few do at the same time.
 */
@Singleton
class LaterUses {
    /** So many may ask at the same time; they hold a thread of the server. */
    private static final int PLACES = 16;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int RETRY_AFTER_SECONDS = 1;

    private final ThisNode node;
    private final Lapses lapses;
    private final SessionLedger<SessionPrincipal> ledger;
    private final WallClock clock;
    private final MonotonicClock monotonic;
    private final Semaphore places = new Semaphore(PLACES);

    @Inject
    LaterUses(
            ThisNode node,
            Lapses lapses,
            SessionLedger<SessionPrincipal> ledger,
            WallClock clock,
            MonotonicClock monotonic) {
        this.node = node;
        this.lapses = lapses;
        this.ledger = ledger;
        this.clock = clock;
        this.monotonic = monotonic;
    }

    /**
     * Where a session stands, as all nodes together know.
     *
     * @throws ApiException 503 where the others do not say in time
     */
    SessionStatus statusOf(LiveSession<SessionPrincipal> session, Instant now) {
        SessionStatus status = session.status(now);
        return status == SessionStatus.INACTIVE && !node.isAlone() && node.holdsLease() ? asked(session) : status;
    }

    /**
     * Waits until it is certain whether a session has lapsed, and has the ledger follow its row. Asked outside of
     * transactions: who holds the session's row would wait for those who write into it.
     *
     * @throws ApiException 503 where the others do not say in time
     */
    void decide(UUID sessionId) {
        ledger.find(sessionId).ifPresent(this::asked);
    }

    private SessionStatus asked(LiveSession<SessionPrincipal> session) {
        if (!places.tryAcquire()) {
            throw undecided();
        }
        try {
            // A node that does not answer has lost its lease by then, and is waited for no longer.
            long patience = node.lease().multipliedBy(2).toNanos();
            long begun = monotonic.nanos();
            while (true) {
                OtherNodes others = node.others();
                lapses.followRows(List.of(session.id()), clock.now());
                SessionStatus status = session.status(clock.now());
                if (!node.holdsLease()) {
                    throw undecided();
                }
                if (status != SessionStatus.INACTIVE || others.haveClosed(session.deadline())) {
                    return status;
                }
                if (monotonic.nanos() - begun > patience) {
                    throw undecided();
                }
                monotonic.pause(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undecided();
        } finally {
            places.release();
        }
    }

    /** 503: it is not certain yet. */
    static ApiException undecided() {
        return ApiException.serviceUnavailable(
                "Whether another node knows of a later use of the session is not certain yet.", RETRY_AFTER_SECONDS);
    }
}

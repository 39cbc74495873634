package org.lapse.sessions.session;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.MissedChanges;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.ActivityBacklog;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionPrincipals;
import org.lapse.sessions.ledger.SharedTimeout;
import org.lapse.sessions.nodes.ThisNode;

/**
 * The server that starts after this one was killed. All that it knows is what was committed; all sessions have the same
 * timeout.
 */
final class NextServer {
    static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final LapseInJavaSE lapse;
    private final SessionLedger<SessionPrincipal> ledger;
    private final LedgerProjection projection;
    private final ActivityRecorder uses;
    private final ActivityWriter writer;

    private NextServer(LapseInJavaSE lapse) {
        WriteTolerance tolerance = lapse.get(WriteTolerance.class);
        ActivityBacklog<SessionPrincipal> backlog = new ActivityBacklog<>(tolerance.worthWriting());
        ActivityDurability durability = lapse.get(ActivityDurability.class);
        this.lapse = lapse;
        this.ledger = new SessionLedger<>(lapse.clock().now(), governedAlike());
        this.projection = new LedgerProjection(
                ledger,
                new LatestPrincipals(lapse.get(SharedParts.class), () -> lapse.get(InactivityTimeouts.class)),
                new ChangeNumbers(lapse.entities()),
                lapse.get(SessionRows.class),
                lapse.get(PrincipalLocks.class),
                lapse.get(MissedChanges.class),
                lapse.get(WallClock.class),
                lapse.get(ThisNode.class),
                tolerance,
                lapse.get(new TypeLiteral<Event<TokenGiven>>() {}),
                lapse.get(new TypeLiteral<Event<SessionsChangedElsewhere>>() {}));
        this.uses = new ActivityRecorder(backlog, durability, new RecentActivity());
        this.writer = new ActivityWriter(lapse.get(Lapses.class), ledger, backlog, durability);
    }

    /** Starts it now. */
    static NextServer start(LapseInJavaSE lapse) {
        NextServer next = new NextServer(lapse);
        SessionRestoration restoration = new SessionRestoration(
                lapse.get(SessionRows.class),
                lapse.get(SessionBatches.class),
                lapse.get(ThisNode.class),
                next.ledger,
                next.projection,
                lapse.get(WriteTolerance.class),
                lapse.get(Users.class),
                lapse.get(Applications.class));
        lapse.inTransaction(() -> restoration.readBack(lapse.clock().now()));
        return next;
    }

    /** Its timer comes round. */
    int catchUp() {
        return lapse.inTransaction(() -> projection.catchUp(lapse.clock().now()));
    }

    Optional<LiveSession<SessionPrincipal>> find(String token) {
        return ledger.find(token, lapse.clock().now());
    }

    LiveSession<SessionPrincipal> session(UUID id) {
        return ledger.find(id).orElseThrow();
    }

    Instant deadline(UUID id) {
        return session(id).deadline();
    }

    ActivityRecorder uses() {
        return uses;
    }

    ActivityWriter writer() {
        return writer;
    }

    private static SessionPrincipals<SessionPrincipal> governedAlike() {
        SharedTimeout timeout = SharedTimeout.of(Optional.of(TIMEOUT));
        return new SessionPrincipals<>() {
            @Override
            public SessionPrincipal latest(SessionPrincipal principal, long version) {
                return principal;
            }

            @Override
            public SharedTimeout timeoutOf(SessionPrincipal principal) {
                return timeout;
            }
        };
    }
}

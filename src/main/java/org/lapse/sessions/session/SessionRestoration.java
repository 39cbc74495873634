package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Users;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.nodes.ThisNode;

/**
 * Reads the live sessions back into the ledger when the server starts. After an orderly shutdown their activity is
 * exact; after a crash each counts as active up to one write tolerance later, so that nobody is ended early.
 */
@Singleton
public class SessionRestoration {
    private final SessionRows rows;
    private final SessionBatches batches;
    private final ThisNode node;
    private final SessionLedger<SessionPrincipal> ledger;
    private final LedgerProjection projection;
    private final WriteTolerance tolerance;
    private final Users users;
    private final Applications applications;
    private volatile boolean complete;

    @Inject
    SessionRestoration(
            SessionRows rows,
            SessionBatches batches,
            ThisNode node,
            SessionLedger<SessionPrincipal> ledger,
            LedgerProjection projection,
            WriteTolerance tolerance,
            Users users,
            Applications applications) {
        this.rows = rows;
        this.batches = batches;
        this.node = node;
        this.ledger = ledger;
        this.projection = projection;
        this.tolerance = tolerance;
        this.users = users;
        this.applications = applications;
    }

    /** Whether the live sessions have been read back: before that nobody's token is known. */
    public boolean isComplete() {
        return complete;
    }

    /** Fills the empty ledger; returns how many sessions were read. */
    @Transactional
    public long readBack(Instant now) {
        boolean exact = isActivityWritten();
        projection.startAfterWhatIsCommitted(now);
        Map<UUID, Entitlements> ofUsers = users.entitlements();
        Map<String, Set<String>> ofApplications = applications.permissions();
        Map<EndReason, List<UUID>> disabled = new EnumMap<>(EndReason.class);
        try (Stream<SessionRows.Held> live = rows.liveWithHolders()) {
            live.forEach(held -> {
                Session session = held.session();
                Optional<EndReason> end = held.mustEnd();
                if (end.isPresent()) {
                    disabled.computeIfAbsent(end.get(), reason -> new ArrayList<>())
                            .add(session.id());
                } else {
                    restore(session, principalOf(held, ofUsers, ofApplications), exact, now);
                }
            });
        }
        // Anybody who disabled them did not come to end them before the server stopped.
        disabled.forEach((reason, sessions) -> batches.end(sessions, reason, now));
        complete = true;
        return ledger.size();
    }

    /**
     * Whether the rows know all activity. Among others they are taken as they are: what a node has not written yet, or
     * took with it, is asked about before anybody is ended.
     */
    private boolean isActivityWritten() {
        if (node.isAlone()) {
            return node.startAlone();
        }
        node.prepareToJoin();
        return true;
    }

    private void restore(Session session, SessionPrincipal principal, boolean exact, Instant now) {
        Instant written = session.lastActivityAt();
        Instant latest = exact ? written : tolerance.latestPossible(written, now);
        if (CommittedStates.of(session, Optional.of(principal), ActivitySources.UNKNOWN)
                instanceof CommittedState.Live<SessionPrincipal> live) {
            ledger.apply(live.activeAt(latest), Instant.MIN); // those too whose time was over while the server was down
            // A guess is never written down as if it were activity; the first true activity after it is, without delay.
            ledger.find(session.id()).ifPresent(found -> found.activityWritten(written));
        }
    }

    private static SessionPrincipal principalOf(
            SessionRows.Held held, Map<UUID, Entitlements> ofUsers, Map<String, Set<String>> ofApplications) {
        UUID userId = held.session().userId();
        return held.principal(
                userId == null
                        ? new Entitlements(
                                Set.of(),
                                ofApplications.getOrDefault(held.session().applicationId(), Set.of()))
                        : ofUsers.getOrDefault(userId, Entitlements.NONE));
    }
}

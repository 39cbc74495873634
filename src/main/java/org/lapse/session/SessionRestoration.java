package org.lapse.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.application.Applications;
import org.lapse.directory.Entitlements;
import org.lapse.directory.Users;
import org.lapse.ledger.Kept;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SessionLedger;

/**
 * Reads the live sessions back into the ledger when the server starts. After an orderly shutdown their activity is
 * exact; after a crash each counts as active up to one write tolerance later, so that nobody is ended early.
 */
@Singleton
public class SessionRestoration {
    private final SessionRows rows;
    private final SessionBatches batches;
    private final ActivityCheckpoints checkpoints;
    private final SessionLedger<Grant> ledger;
    private final InactivityTimeouts timeouts;
    private final SharedParts parts;
    private final WriteTolerance tolerance;
    private final Users users;
    private final Applications applications;
    private volatile boolean complete;

    @Inject
    SessionRestoration(
            SessionRows rows,
            SessionBatches batches,
            ActivityCheckpoints checkpoints,
            SessionLedger<Grant> ledger,
            InactivityTimeouts timeouts,
            SharedParts parts,
            WriteTolerance tolerance,
            Users users,
            Applications applications) {
        this.rows = rows;
        this.batches = batches;
        this.checkpoints = checkpoints;
        this.ledger = ledger;
        this.timeouts = timeouts;
        this.parts = parts;
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
        boolean exact = checkpoints.take();
        Map<UUID, Entitlements> ofUsers = users.entitlements();
        Map<String, Set<String>> ofApplications = applications.permissions();
        Map<EndReason, List<Session>> disabled = new EnumMap<>(EndReason.class);
        try (Stream<SessionRows.Held> live = rows.liveWithHolders()) {
            live.forEach(held -> {
                Session session = held.session();
                Optional<EndReason> end = held.mustEnd();
                if (end.isPresent()) {
                    disabled.computeIfAbsent(end.get(), reason -> new ArrayList<>())
                            .add(session);
                } else {
                    restore(session, grantOf(session, held.username(), ofUsers, ofApplications), exact, now);
                }
            });
        }
        // Whoever disabled them did not come to end them before the server stopped.
        disabled.forEach(
                (reason, sessions) -> SessionBatches.of(sessions).forEach(batch -> batches.end(batch, reason, now)));
        complete = true;
        return ledger.size();
    }

    private void restore(Session session, Grant grant, boolean exact, Instant now) {
        Instant written = session.lastActivityAt();
        LiveSession<Grant> live = ledger.restore(
                session.id(),
                Objects.requireNonNull(session.token()),
                parts.share(grant),
                timeouts.effectivePolicy(grant),
                exact ? written : tolerance.latestPossible(written, now),
                session.tokenExpiresAt(),
                new Kept(session.state() == SessionState.LOCKED, Optional.ofNullable(session.heldUntil())));
        // A guess is never written down as if it were activity; the first true activity after it is, without delay.
        live.activityWritten(exact ? written : live.lastActivity().minus(tolerance.worthWriting()));
    }

    private static Grant grantOf(
            Session session,
            @Nullable String username,
            Map<UUID, Entitlements> ofUsers,
            Map<String, Set<String>> ofApplications) {
        UUID userId = session.userId();
        return new Grant(
                session.organizationId(),
                session.applicationId(),
                userId,
                username == null ? session.applicationId() : username,
                userId == null
                        ? new Entitlements(Set.of(), ofApplications.getOrDefault(session.applicationId(), Set.of()))
                        : ofUsers.getOrDefault(userId, Entitlements.NONE),
                session.scope());
    }
}

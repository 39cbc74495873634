package org.lapse.sessions.session;

import java.util.Optional;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.TokenDigest;

/** What rows say, as the ledger is told. */
final class CommittedStates {
    private CommittedStates() {}

    /**
     * What a row says.
     *
     * @param principal to whom and for what; empty where the change did not touch that
     * @param reset what its last activity was, as {@link ActivitySources} numbers it
     */
    static CommittedState<SessionPrincipal> of(Session row, Optional<SessionPrincipal> principal, int reset) {
        TokenDigest token = row.token();
        return token == null || row.state() == SessionState.ENDED
                ? new CommittedState.Over<>(row.id(), row.version())
                : new CommittedState.Live<>(
                        row.id(),
                        row.version(),
                        row.lockReason(),
                        token,
                        row.tokenExpiresAt(),
                        row.formerToken(),
                        principal,
                        row.lastActivityAt(),
                        reset,
                        Optional.ofNullable(row.heldUntil()));
    }
}

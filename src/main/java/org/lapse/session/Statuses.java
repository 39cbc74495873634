package org.lapse.session;

import java.util.Optional;
import org.lapse.ledger.SessionStatus;
import org.lapse.ledger.TokenDigest;

/** What rows say, as the ledger is told. */
final class Statuses {
    private Statuses() {}

    /**
     * What a row says.
     *
     * @param grant to whom and for what; empty where the change did not touch that
     * @param reset what its last activity was, as {@link Resets} numbers it
     */
    static SessionStatus<Grant> of(Session row, Optional<Grant> grant, int reset) {
        TokenDigest token = row.token();
        return token == null || row.state() == SessionState.ENDED
                ? new SessionStatus.Over<>(row.id(), row.version())
                : new SessionStatus.Live<>(
                        row.id(),
                        row.version(),
                        row.state() == SessionState.LOCKED,
                        token,
                        row.tokenExpiresAt(),
                        row.formerToken(),
                        grant,
                        row.lastActivityAt(),
                        reset,
                        Optional.ofNullable(row.heldUntil()));
    }
}

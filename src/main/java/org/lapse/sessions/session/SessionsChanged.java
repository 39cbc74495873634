package org.lapse.sessions.session;

import java.time.Instant;
import java.util.List;
import org.lapse.sessions.ledger.CommittedState;

/**
 * What the rows of sessions say after a change. Fired inside the transaction, and followed by the ledger after its
 * commit.
 *
 * @param number the number of the change, and the version of the rows
 * @param sessions what the rows say
 * @param at when
 */
record SessionsChanged(long number, List<CommittedState<SessionPrincipal>> sessions, Instant at) {}

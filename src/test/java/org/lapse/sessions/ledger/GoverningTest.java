package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoverningTest {

    private static final Duration SHORTER = Duration.ofMinutes(5);
    private static final Duration LONGER = Duration.ofHours(1);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;
    private final LiveSession<String> session = fixture.open("token");
    private final LiveSession<String> other = fixture.open("other");
    private final SharedTimeout fiveMinutes = SharedTimeout.of(Optional.of(SHORTER));

    @Test
    void aShorterTimeoutGovernsTheOneSessionAtOnce() {
        fixture.govern(session, fiveMinutes, START);

        assertThat(session.timeout()).isSameAs(fiveMinutes);
        assertThat(ledger.takePassed(START.plus(SHORTER).minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(START.plus(SHORTER), ALL))
                .extracting(PassedDeadline::session)
                .containsExactly(session);
        assertThat(other.status(START.plus(SHORTER))).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aLongerTimeoutGovernsTheOneSessionAtOnce() {
        fixture.govern(session, SharedTimeout.of(Optional.of(LONGER)), START);

        assertThat(ledger.takePassed(START.plus(TIMEOUT), ALL))
                .extracting(PassedDeadline::session)
                .containsExactly(other);
        assertThat(ledger.takePassed(START.plus(LONGER), ALL)).hasSize(1);
    }

    @Test
    void aShorterTimeoutDoesNotMakeASessionInactiveBeforeItGoverns() {
        Instant now = START.plus(Duration.ofMinutes(20));
        fixture.govern(session, fiveMinutes, now);

        assertThat(session.status(now)).isEqualTo(SessionStatus.INACTIVE);
        assertThat(ledger.takePassed(now, ALL))
                .containsExactly(new PassedDeadline<>(session, SessionStatus.INACTIVE, START, now));
    }

    @Test
    void aLongerTimeoutDoesNotReviveAnInactiveSession() {
        Instant now = START.plus(TIMEOUT);
        fixture.govern(session, SharedTimeout.of(Optional.of(LONGER)), now);

        assertThat(session.status(now)).isEqualTo(SessionStatus.INACTIVE);
        assertThat(session.deadline()).isEqualTo(now);
    }

    @Test
    void aLockedSessionStaysLockedAndIsGovernedWhenItIsUnlocked() {
        fixture.lock(session);
        fixture.govern(session, fiveMinutes, START);

        assertThat(session.status(START.plus(SHORTER))).isEqualTo(SessionStatus.LOCKED);
        fixture.unlock(session, START.plus(SHORTER));
        assertThat(session.deadline()).isEqualTo(START.plus(SHORTER).plus(SHORTER));
    }

    @Test
    void aSessionThatIsGovernedByAnotherTimeoutNoLongerFollowsTheFirst() {
        fixture.govern(session, fiveMinutes, START);
        ledger.change(fixture.halfAnHour, Optional.of(LONGER), START);

        assertThat(ledger.takePassed(START.plus(SHORTER), ALL))
                .extracting(PassedDeadline::session)
                .containsExactly(session);
    }

    @Test
    void whatTheLedgerKeepsCanBeReplaced() {
        ledger.replacePrincipals(
                principal -> principal.equals(session.principal()) ? "somebody else" : principal, START);

        assertThat(session.principal()).isEqualTo("somebody else");
        assertThat(other.principal()).isEqualTo("principal of other");
        assertThat(ledger.find("token", START)).map(LiveSession::principal).contains("somebody else");
    }
}

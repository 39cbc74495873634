package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndingSessionsTest {

    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);
    private static final Instant EXPIRES_AT = START.plus(LIFE);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;

    @Test
    void anEndThatComesTwiceIsOne() {
        fixture.lock(fixture.open("other"));
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);
        fixture.end(session);

        assertThat(ledger.apply(fixture.database.read(session.id()), START)).isEqualTo(SessionLedger.Outcome.APPLIED);

        assertThat(session.status(START)).isEqualTo(SessionStatus.ENDED);
        assertThat(ledger.size()).isEqualTo(1);
        assertThat(ledger.locked()).isEqualTo(1);
    }

    @Test
    void anEndedSessionIsForgotten() {
        fixture.end(fixture.open("token"));

        assertThat(ledger.find("token", START)).isEmpty();
        assertThat(ledger.size()).isZero();
        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).isEmpty();
    }

    @Test
    void anEndedSessionLeavesTheWheelAtOnceSoThatItsMemoryIsFree() {
        LiveSession<String> session = fixture.open("token");
        fixture.open("neighbour");
        fixture.end(session);

        assertThat(session.isAlone()).isTrue();
    }

    @Test
    void anEndedSessionLeavesItsTokenToOthers() {
        fixture.end(fixture.open("token"));
        LiveSession<String> next = fixture.open(fixture.halfAnHour, version -> Row.opened("another", version, "token"));

        assertThat(ledger.find("token", START)).containsSame(next);
    }

    @Test
    void aLockedSessionThatEndsIsNoLongerCounted() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);
        fixture.end(session);

        assertThat(ledger.locked()).isZero();
    }

    @Test
    void aSessionThatExpiredWhileItWasLockedCountsAsLockedUntilItIsEnded() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);
        ledger.takePassed(EXPIRES_AT, ALL);
        assertThat(ledger.locked()).isEqualTo(1);
        fixture.end(session);

        assertThat(ledger.locked()).isZero();
    }

    @Test
    void anInactiveSessionThatEndsDoesNotChangeTheCountOfLockedOnes() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(fixture.open("locked"));
        session.status(INACTIVE_AT);
        fixture.end(session);

        assertThat(ledger.locked()).isEqualTo(1);
    }
}

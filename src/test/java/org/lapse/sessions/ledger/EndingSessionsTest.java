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
    void onlyTheFirstEndsASession() {
        LiveSession<String> session = fixture.open("token");

        assertThat(ledger.end(session)).isTrue();
        assertThat(ledger.end(session)).isFalse();
    }

    @Test
    void anEndedSessionIsForgotten() {
        ledger.end(fixture.open("token"));

        assertThat(ledger.find("token", START)).isEmpty();
        assertThat(ledger.size()).isZero();
        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).isEmpty();
    }

    @Test
    void anEndedSessionLeavesTheWheelAtOnceSoThatItsMemoryIsFree() {
        LiveSession<String> session = fixture.open("token");
        fixture.open("neighbour");
        ledger.end(session);

        assertThat(session.isAlone()).isTrue();
    }

    @Test
    void anEndedSessionLeavesItsTokenToOthers() {
        ledger.end(fixture.open("token"));
        LiveSession<String> next = fixture.open("token");

        assertThat(ledger.find("token", START)).containsSame(next);
    }

    @Test
    void aLockedSessionThatEndsIsNoLongerCounted() {
        LiveSession<String> session = fixture.open("token");
        ledger.lock(session);
        ledger.end(session);

        assertThat(ledger.locked()).isZero();
    }

    @Test
    void aSessionThatExpiredWhileItWasLockedCountsAsLockedUntilItIsEnded() {
        LiveSession<String> session = fixture.open("token");
        ledger.lock(session);
        ledger.takePassed(EXPIRES_AT, ALL);
        assertThat(ledger.locked()).isEqualTo(1);
        ledger.end(session);

        assertThat(ledger.locked()).isZero();
    }

    @Test
    void anInactiveSessionThatEndsDoesNotChangeTheCountOfLockedOnes() {
        LiveSession<String> session = fixture.open("token");
        ledger.lock(fixture.open("locked"));
        session.status(INACTIVE_AT);
        ledger.end(session);

        assertThat(ledger.locked()).isEqualTo(1);
    }
}

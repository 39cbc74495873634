package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingSessionsTest {

    private static final Instant EXPIRES_AT = START.plus(LIFE);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;

    @Test
    void aSessionIsFoundByItsToken() {
        LiveSession<String> session = fixture.open("token");

        assertThat(ledger.find("token", START)).containsSame(session);
        assertThat(ledger.find(TokenDigest.of("token"), START)).containsSame(session);
    }

    @Test
    void anUnknownTokenFindsNothing() {
        fixture.open("token");

        assertThat(ledger.find("another", START)).isEmpty();
    }

    @Test
    void twoSessionsCannotHaveTheSameToken() {
        LiveSession<String> session = fixture.open("token");

        assertThatIllegalArgumentException().isThrownBy(this::openAnotherWithTheSameToken);
        assertThat(ledger.find("token", START)).containsSame(session);
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void aSecondSessionThatWasRefusedIsNeverDue() {
        fixture.open("token");
        assertThatIllegalArgumentException().isThrownBy(this::openAnotherWithTheSameToken);

        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).hasSize(1);
    }

    private void openAnotherWithTheSameToken() {
        fixture.open(fixture.halfAnHour, version -> Row.opened("another", version, "token"));
    }

    @Test
    void aLockedSessionIsFoundSoThatTheCallerLearnsThatItIsLocked() {
        fixture.lock(fixture.open("token"));

        assertThat(ledger.find("token", START).map(found -> found.status(START)))
                .contains(SessionStatus.LOCKED);
    }

    @Test
    void everySessionIsShown() {
        fixture.open("one");
        fixture.open("two");
        List<String> principals = new ArrayList<>();
        ledger.forEach(session -> principals.add(session.principal()));

        assertThat(principals).containsExactlyInAnyOrder("principal of one", "principal of two");
        assertThat(ledger.size()).isEqualTo(2);
    }
}

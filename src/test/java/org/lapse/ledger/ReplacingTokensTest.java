package org.lapse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReplacingTokensTest {

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;

    @Test
    void theOldTokenIsUnknownAtOnce() {
        LiveSession<String> session = fixture.open("old");
        ledger.replaceToken(session, TokenDigest.of("new"));

        assertThat(ledger.find("old")).isEmpty();
        assertThat(ledger.find("new")).containsSame(session);
        assertThat(session.token()).isEqualTo(TokenDigest.of("new"));
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void theTokenOfAnotherSessionIsRefusedAndChangesNothing() {
        LiveSession<String> session = fixture.open("token");
        LiveSession<String> other = fixture.open("other");

        assertThatIllegalArgumentException().isThrownBy(() -> ledger.replaceToken(session, TokenDigest.of("other")));
        assertThat(ledger.find("token")).containsSame(session);
        assertThat(ledger.find("other")).containsSame(other);
        assertThat(session.token()).isEqualTo(TokenDigest.of("token"));
    }

    @Test
    void theSameTokenChangesNothing() {
        LiveSession<String> session = fixture.open("token");
        ledger.replaceToken(session, TokenDigest.of("token"));

        assertThat(ledger.find("token")).containsSame(session);
    }

    @Test
    void anEndedSessionIsNotFoundByItsNewToken() {
        LiveSession<String> session = fixture.open("old");
        ledger.end(session);
        ledger.replaceToken(session, TokenDigest.of("new"));

        assertThat(ledger.find("new")).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void endingForgetsTheNewToken() {
        LiveSession<String> session = fixture.open("old");
        ledger.replaceToken(session, TokenDigest.of("new"));
        ledger.end(session);

        assertThat(ledger.find("new")).isEmpty();
        assertThat(ledger.size()).isZero();
    }
}

package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.USE;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node closes up to a moment, and which uses it has to write down for that. */
class ClosingTest {
    private static final Instant WRITTEN_DEADLINE = START.plus(TIMEOUT);
    private static final Duration SPAN = Duration.ofMillis(1 << DeadlineWheel.SPAN_BITS);

    private final LedgerFixture fixture = new LedgerFixture(new DeadlineWheel<>(START, true));
    private final SessionLedger<String> ledger = fixture.ledger;
    private final LiveSession<String> session = fixture.open("one");

    @Test
    void useThatIsNotWrittenIsToldAtTheDeadlineThatOthersSee() {
        session.recordActivity(START.plusSeconds(5), USE);

        assertThat(ledger.close(WRITTEN_DEADLINE.minus(TICK))).isEmpty();
        assertThat(ledger.close(WRITTEN_DEADLINE)).containsExactly(session);
        assertThat(session.status(WRITTEN_DEADLINE)).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void useThatIsWrittenIsToldNoMore() {
        session.recordActivity(START.plusSeconds(5), USE);
        session.activityWritten(START.plusSeconds(5));

        assertThat(ledger.close(WRITTEN_DEADLINE)).isEmpty();
        assertThat(ledger.close(WRITTEN_DEADLINE.plusSeconds(5))).isEmpty();
        assertThat(session.status(WRITTEN_DEADLINE)).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void sessionThatNobodyUsedIsOverForGoodAndIsTakenThen() {
        assertThat(ledger.close(WRITTEN_DEADLINE)).isEmpty();

        assertThat(session.recordActivity(WRITTEN_DEADLINE.minus(TICK), USE)).isFalse();
        assertThat(ledger.takePassed(WRITTEN_DEADLINE, ALL))
                .extracting(PassedDeadline::session)
                .containsExactly(session);
    }

    @Test
    void useIsToldAgainAndAgainUntilItIsWritten() {
        session.recordActivity(START.plusSeconds(5), USE);

        for (Instant now = WRITTEN_DEADLINE; now.isBefore(WRITTEN_DEADLINE.plusSeconds(1)); now = now.plus(SPAN)) {
            assertThat(ledger.takePassed(now, ALL)).isEmpty();
            assertThat(ledger.close(now)).as("at %s", now).containsExactly(session);
        }
    }

    @Test
    void sweepThatGoesOnAfterItMetASessionDoesNotHideItFromTheNext() {
        session.recordActivity(START.plusSeconds(5), USE);
        ledger.takePassed(WRITTEN_DEADLINE.minus(TICK), ALL); // the hand is under the bucket of the session

        assertThat(ledger.takePassed(WRITTEN_DEADLINE.plus(SPAN), ALL)).isEmpty();
        assertThat(ledger.close(WRITTEN_DEADLINE.plus(SPAN.multipliedBy(2)))).containsExactly(session);
    }

    @Test
    void guessIsNoUseAndIsNotToldToBeWritten() {
        LiveSession<String> guessed = guessed();

        assertThat(guessed.hasUnwrittenUse()).isFalse();
        assertThat(ledger.close(WRITTEN_DEADLINE)).isEmpty();
        assertThat(guessed.status(WRITTEN_DEADLINE)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(guessed.isInUseByGuess(WRITTEN_DEADLINE.minus(TICK))).isFalse();
        assertThat(guessed.isInUseByGuess(WRITTEN_DEADLINE)).isTrue();
        assertThat(guessed.status(WRITTEN_DEADLINE.plusSeconds(15))).isEqualTo(SessionStatus.INACTIVE);
    }

    @Test
    void useThatIsEarlierThanAGuessMakesItAUse() {
        LiveSession<String> guessed = guessed();

        assertThat(guessed.recordActivity(START.plusSeconds(3), USE)).isTrue();

        assertThat(guessed.lastActivity()).isEqualTo(START.plusSeconds(15));
        assertThat(guessed.hasUnwrittenUse()).isTrue();
        assertThat(ledger.close(WRITTEN_DEADLINE)).containsExactly(guessed);
    }

    @Test
    void guessThatComesAfterAUseKeepsIt() {
        session.recordActivity(START.plusSeconds(3), USE);

        ledger.apply(rowOf(session).activeAt(START.plusSeconds(15)), START.plusSeconds(20));

        assertThat(session.lastActivity()).isEqualTo(START.plusSeconds(15));
        assertThat(session.hasUnwrittenUse()).isTrue();
    }

    /** It may have been used until 15 seconds after the start, at a node that was lost. */
    private LiveSession<String> guessed() {
        ledger.apply(rowOf(session).activeAt(START.plusSeconds(15)), START.plusSeconds(20));
        return session;
    }

    private static CommittedState.Live<String> rowOf(LiveSession<String> session) {
        return new CommittedState.Live<>(
                session.id(),
                session.version(),
                Optional.empty(),
                TokenDigest.of("one"),
                session.expiresAt(),
                Optional.empty(),
                Optional.empty(),
                START,
                0,
                Optional.empty());
    }
}

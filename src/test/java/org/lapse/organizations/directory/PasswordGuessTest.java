package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a name must wait after wrong passwords. */
class PasswordGuessTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final PasswordGuess guess = new PasswordGuess();

    @Test
    void fourFailuresAreFreeAndFromTheFifthOnEachWaitIsTwiceAsLong() {
        assertThat(PasswordGuess.waitAfter(4)).isZero();
        assertThat(PasswordGuess.waitAfter(5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(PasswordGuess.waitAfter(6)).isEqualTo(Duration.ofSeconds(2));
        assertThat(PasswordGuess.waitAfter(14)).isEqualTo(Duration.ofSeconds(512));
        assertThat(PasswordGuess.waitAfter(15)).isEqualTo(PasswordGuess.LONGEST_WAIT);
        assertThat(PasswordGuess.waitAfter(Integer.MAX_VALUE)).isEqualTo(PasswordGuess.LONGEST_WAIT);
    }

    @Test
    void reservationBlocksBeforeTheAnswerIsKnown() {
        reserve(PasswordGuess.FREE_FAILURES);

        assertThat(guess.remainingWait(NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(guess.remainingWait(NOW.plusMillis(999))).isEqualTo(Duration.ofMillis(1));
        assertThat(guess.remainingWait(NOW.plusSeconds(1))).isZero();
    }

    @Test
    void waitBeginsWithTheAnswer() {
        reserve(PasswordGuess.FREE_FAILURES);

        guess.confirm(NOW.plusSeconds(7));

        assertThat(guess.remainingWait(NOW.plusSeconds(7))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void earlierAnswerDoesNotShortenTheWait() {
        reserve(PasswordGuess.FREE_FAILURES);

        guess.confirm(NOW.minusSeconds(7));

        assertThat(guess.remainingWait(NOW)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void rightPasswordClearsTheCount() {
        reserve(PasswordGuess.FREE_FAILURES);

        guess.clear(NOW.plusMillis(50));

        assertThat(guess.failures()).isZero();
        assertThat(guess.remainingWait(NOW)).as("somebody who asked before").isZero();
    }

    @Test
    void guessThatIsGivenBackBlocksNobody() {
        reserve(PasswordGuess.FREE_FAILURES - 1);
        guess.reserve(NOW.plusSeconds(1));

        guess.giveBack(guess.blockedUntil(), NOW.plusSeconds(1));

        assertThat(guess.failures()).isEqualTo(PasswordGuess.FREE_FAILURES - 1);
        assertThat(guess.remainingWait(NOW.plusSeconds(1))).isZero();
    }

    @Test
    void guessThatIsGivenBackLeavesTheWaitOfALaterOne() {
        reserve(PasswordGuess.FREE_FAILURES);
        Instant reserved = guess.blockedUntil();
        guess.reserve(NOW.plusSeconds(2));

        guess.giveBack(reserved, NOW.plusSeconds(2));

        assertThat(guess.remainingWait(NOW.plusSeconds(2))).isEqualTo(Duration.ofSeconds(2));
    }

    private void reserve(int times) {
        for (int i = 0; i < times; i++) {
            guess.reserve(NOW);
        }
    }
}

package org.lapse.platform.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FollowedNumbersTest {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant LATER = START.plus(FollowedNumbers.PATIENCE);

    private final FollowedNumbers numbers = new FollowedNumbers();

    @Test
    void latestNumbersAtTheStartAreInDoubtUntilTheyAreFollowedOrNoTransactionLastsSoLong() {
        numbers.startAfter(5000, START);

        assertThat(numbers.missing(5000, START)).hasSize(FollowedNumbers.DEPTH).endsWith(4999L, 5000L);
        assertThat(numbers.settledUpTo()).isEqualTo(5000 - FollowedNumbers.DEPTH);
        assertThat(numbers.begin(4999, START)).isTrue();
        numbers.followed(4999);
        assertThat(numbers.missing(5000, START)).doesNotContain(4999L).contains(4998L, 5000L);

        numbers.giveUp(LATER.minusMillis(1));
        assertThat(numbers.missing(5000, LATER)).contains(5000L);
        numbers.giveUp(LATER);
        assertThat(numbers.missing(5000, LATER)).isEmpty();
        assertThat(numbers.settledUpTo()).isEqualTo(5000);
    }

    @Test
    void numberThatIsToldAfterItWasGivenUpIsInDoubtAndNotForEver() {
        numbers.followed(2);
        assertThat(numbers.missing(2, START)).containsExactly(1L);
        numbers.giveUp(LATER);
        assertThat(numbers.missing(2, LATER)).isEmpty();
        assertThat(numbers.settledUpTo()).isEqualTo(2);

        assertThat(numbers.begin(1, LATER)).isFalse();
        assertThat(numbers.missing(2, LATER)).containsExactly(1L);
        assertThat(numbers.settledUpTo()).isZero();
        assertThat(numbers.begin(1, LATER)).as("read from the database").isTrue();

        numbers.giveUp(LATER.plus(FollowedNumbers.PATIENCE));
        assertThat(numbers.missing(2, LATER)).isEmpty();
    }

    @Test
    void numbersThatWereGivenUpAreNotRememberedForEver() {
        numbers.followed(1001);
        numbers.missing(1001, START);
        numbers.giveUp(LATER);
        assertThat(numbers.rememberedAsGivenUp()).isEqualTo(1000);

        numbers.giveUp(LATER.plus(FollowedNumbers.REMEMBERED).minusMillis(1));
        assertThat(numbers.rememberedAsGivenUp()).isEqualTo(1000);
        numbers.giveUp(LATER.plus(FollowedNumbers.REMEMBERED));
        assertThat(numbers.rememberedAsGivenUp()).isZero();
    }
}

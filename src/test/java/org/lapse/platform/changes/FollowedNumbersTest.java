package org.lapse.platform.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
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

        numbers.lookedFor(LATER.minusMillis(1));
        assertThat(numbers.missing(5000, LATER)).contains(5000L);
        numbers.lookedFor(LATER);
        assertThat(numbers.missing(5000, LATER)).isEmpty();
        assertThat(numbers.settledUpTo()).isEqualTo(5000);
    }

    @Test
    void numberThatIsToldAfterItWasGivenUpIsInDoubtAndNotForEver() {
        numbers.followed(2);
        assertThat(numbers.missing(2, START)).containsExactly(1L);
        numbers.lookedFor(LATER);
        assertThat(numbers.missing(2, LATER)).isEmpty();
        assertThat(numbers.settledUpTo()).isEqualTo(2);

        assertThat(numbers.begin(1, LATER)).isFalse();
        assertThat(numbers.missing(2, LATER)).containsExactly(1L);
        assertThat(numbers.settledUpTo()).isZero();
        assertThat(numbers.begin(1, LATER)).as("read from the database").isTrue();

        numbers.lookedFor(LATER.plus(FollowedNumbers.PATIENCE));
        assertThat(numbers.missing(2, LATER)).isEmpty();
    }

    @Test
    void numbersThatWereGivenUpAreNotRememberedForEver() {
        numbers.followed(1001);
        numbers.missing(1001, START);
        numbers.lookedFor(LATER);
        assertThat(numbers.rememberedAsGivenUp()).isEqualTo(1000);

        numbers.lookedFor(LATER.plus(FollowedNumbers.REMEMBERED).minusMillis(1));
        assertThat(numbers.rememberedAsGivenUp()).isEqualTo(1000);
        numbers.lookedFor(LATER.plus(FollowedNumbers.REMEMBERED));
        assertThat(numbers.rememberedAsGivenUp()).isZero();
    }

    @Test
    void numbersThatAreNeverFoundDoNotHideTheLatest() {
        numbers.followed(1);
        assertThat(numbers.missing(50_001, START)).hasSize(50_000);
        numbers.lookedFor(START);

        assertThat(numbers.missing(50_003, START.plusMillis(1))).contains(50_002L, 50_003L);
    }

    @Test
    void whatIsMissingForLongIsLookedForMoreSeldomAndWhatIsNewAtOnce() {
        numbers.missing(2, START);
        numbers.lookedFor(START);
        assertThat(numbers.missing(2, START)).containsExactly(1L, 2L);

        Instant later = START.plusSeconds(8);
        assertThat(numbers.missing(3, later)).containsExactly(1L, 2L, 3L);
        numbers.lookedFor(later);
        assertThat(numbers.missing(3, later.plusMillis(999))).containsExactly(3L);
        assertThat(numbers.missing(3, later.plusSeconds(1))).containsExactly(1L, 2L, 3L);
        assertThat(numbers.missing(3, START.minusSeconds(60)))
                .as("after the clock has stepped back")
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatWasLookedForInVainBecauseTheDatabaseFailedIsLookedForAtOnce() {
        numbers.missing(2, START);

        assertThat(numbers.missing(2, START.plusSeconds(60).plusMillis(1))).containsExactly(1L, 2L);
        assertThat(numbers.missing(2, START.plusSeconds(60).plusMillis(2))).containsExactly(1L, 2L);
    }

    @Test
    void gapsBetweenFollowedNumbersAreMissingAndNothingElse() {
        Stream.of(2L, 3L, 6L, 10L).forEach(numbers::followed);
        assertThat(numbers.missing(8, START)).containsExactly(1L, 4L, 5L, 7L, 8L, 9L);
        numbers.followed(1);
        numbers.followed(5);
        assertThat(numbers.missing(12, START)).containsExactly(4L, 7L, 8L, 9L, 11L, 12L);

        numbers.lookedFor(LATER);
        assertThat(numbers.missing(12, LATER)).isEmpty();
        assertThat(numbers.settledUpTo()).isEqualTo(12);
    }
}

package org.lapse.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SilentSignIn.Answer;

class SilentSignInTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Optional<Duration> QUARTER = Optional.of(Duration.ofMinutes(15));
    private static final Optional<Duration> ANY = Optional.empty();
    private static final Duration TICK = Duration.ofMillis(1);

    @Test
    void aSignInInUseOpensAnotherApplicationWithoutThePassword() {
        assertThat(usedAt(NINE).answer(QUARTER, ANY, NINE.plus(Duration.ofMinutes(10))))
                .isEqualTo(Answer.ALLOWED);
    }

    @Test
    void aSignInThatIsOverOpensNothing() {
        SilentSignIn over = new SilentSignIn(true, true, false, NINE, NINE);
        assertThat(over.answer(ANY, ANY, NINE)).isEqualTo(Answer.OVER);
    }

    @Test
    void aUserWhoMayNotSignInAnyMoreIsRefused() {
        SilentSignIn refused = new SilentSignIn(false, false, false, NINE, NINE);
        assertThat(refused.answer(ANY, ANY, NINE)).isEqualTo(Answer.USER_REFUSED);
    }

    @Test
    void whatLapsedInThisApplicationIsNotRenewedSilentlyHoweverMuchOthersAreUsed() {
        SilentSignIn lapsed = new SilentSignIn(false, true, true, NINE, NINE.plus(Duration.ofMinutes(16)));
        assertThat(lapsed.answer(QUARTER, ANY, NINE.plus(Duration.ofMinutes(16))))
                .isEqualTo(Answer.LAPSED);
    }

    @Test
    void whatLapsedIsNotRenewedSilentlyEvenIfTheTimeoutIsNowOff() {
        SilentSignIn lapsed = new SilentSignIn(false, true, true, NINE, NINE);
        assertThat(lapsed.answer(ANY, ANY, NINE)).isEqualTo(Answer.LAPSED);
    }

    @Test
    void aSignInIsGoodOneTickBeforeItWentUnusedForTheTimeout() {
        Instant deadline = NINE.plus(QUARTER.orElseThrow());
        assertThat(usedAt(NINE).answer(QUARTER, ANY, deadline.minus(TICK))).isEqualTo(Answer.ALLOWED);
    }

    @Test
    void aSignInIsUnusedExactlyAtTheTimeout() {
        Instant deadline = NINE.plus(QUARTER.orElseThrow());
        assertThat(usedAt(NINE).answer(QUARTER, ANY, deadline)).isEqualTo(Answer.UNUSED);
    }

    @Test
    void aSignInIsUnusedOneTickAfterTheTimeout() {
        Instant deadline = NINE.plus(QUARTER.orElseThrow());
        assertThat(usedAt(NINE).answer(QUARTER, ANY, deadline.plus(TICK))).isEqualTo(Answer.UNUSED);
    }

    @Test
    void useOfAnyApplicationKeepsTheSignInAlive() {
        SilentSignIn inUse = new SilentSignIn(false, true, false, NINE, NINE.plus(Duration.ofHours(2)));
        assertThat(inUse.answer(QUARTER, ANY, NINE.plus(Duration.ofMinutes(130))))
                .isEqualTo(Answer.ALLOWED);
    }

    @Test
    void withoutATimeoutASignInMayGoUnusedForAsLongAsItLives() {
        assertThat(usedAt(NINE).answer(ANY, ANY, NINE.plus(Duration.ofHours(11))))
                .isEqualTo(Answer.ALLOWED);
    }

    @Test
    void anApplicationMayAskForAYoungerPassword() {
        Optional<Duration> fiveMinutes = Optional.of(Duration.ofMinutes(5));
        assertThat(usedAt(NINE)
                        .answer(
                                QUARTER,
                                fiveMinutes,
                                NINE.plus(Duration.ofMinutes(5)).minus(TICK)))
                .isEqualTo(Answer.ALLOWED);
        assertThat(usedAt(NINE).answer(QUARTER, fiveMinutes, NINE.plus(Duration.ofMinutes(5))))
                .isEqualTo(Answer.TOO_LONG_AGO);
    }

    @Test
    void aMaximumAgeOfZeroAlwaysAsksForThePassword() {
        assertThat(usedAt(NINE).answer(ANY, Optional.of(Duration.ZERO), NINE)).isEqualTo(Answer.TOO_LONG_AGO);
    }

    private static SilentSignIn usedAt(Instant moment) {
        return new SilentSignIn(false, true, false, moment, moment);
    }
}

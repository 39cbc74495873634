package org.lapse.organizations.authenticator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;

@OnBothDatabases
class OneTimeCodesTest {
    private static final CodeCheck RIGHT = new CodeCheck.Right(Factor.TOTP);

    private final LapseInJavaSE lapse;
    private final OneTimeCodes codes;
    private final Enrolled somebody;

    OneTimeCodesTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.codes = lapse.get(OneTimeCodes.class);
        this.somebody = Enrolled.somebody(lapse);
    }

    private CodeCheck check(String code) {
        return check(code, now());
    }

    private CodeCheck check(String code, Instant now) {
        return codes.check(somebody.user(), null, code, now);
    }

    private Instant now() {
        return lapse.clock().now();
    }

    @Test
    void codeIsGoodOnce() {
        String code = somebody.codeOf(somebody.withApp());

        assertThat(check(code)).isEqualTo(RIGHT);
        assertThat(check(code)).isInstanceOf(CodeCheck.Wrong.class);
    }

    @Test
    void ofManyWhoUseACodeAtTheSameMomentOneSucceeds() {
        String code = somebody.codeOf(somebody.withApp());
        Instant now = now();

        List<CodeCheck> checks =
                Stream.generate(() -> CompletableFuture.supplyAsync(() -> check(code, now))).limit(4).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(checks).containsOnlyOnce(RIGHT);
        assertThat(checks).filteredOn(CodeCheck.Wrong.class::isInstance).hasSize(3);
    }

    @Test
    void codeOfAnEarlierStepIsVoidOnceALaterOneWasUsed() {
        byte[] secret = somebody.withApp();
        Instant now = now();
        String later = TimeBasedCode.at(secret, now.plus(TimeBasedCode.STEP));

        assertThat(check(later, now)).isEqualTo(RIGHT);
        assertThat(check(TimeBasedCode.at(secret, now), now)).isInstanceOf(CodeCheck.Wrong.class);
    }

    @Test
    void codeOfTwoStepsAgoIsWrong() {
        byte[] secret = somebody.withApp();
        Instant now = now().plus(Duration.ofHours(1));

        assertThat(check(TimeBasedCode.at(secret, now.minus(TimeBasedCode.STEP.multipliedBy(2))), now))
                .isInstanceOf(CodeCheck.Wrong.class);
        assertThat(check(TimeBasedCode.at(secret, now.minus(TimeBasedCode.STEP)), now))
                .isEqualTo(RIGHT);
    }

    @Test
    void secretThatNoCodeHasConfirmedSignsNobodyIn() {
        byte[] secret =
                Enrolled.decoded(codes.begin(somebody.user(), "test", now()).secret());

        assertThat(check(somebody.codeOf(secret))).isInstanceOf(CodeCheck.Wrong.class);
    }

    @Test
    void secretThatOneHasBegunIsShownToNobodyElse() {
        OneTimeCodes.Enrolment begun = codes.beginUnlessBegun(somebody.user(), "one", now());

        assertThat(codes.beginUnlessBegun(somebody.user(), "one", now())).isEqualTo(begun);
        assertThat(codes.beginUnlessBegun(somebody.user(), "another", now()).secret())
                .isNotEqualTo(begun.secret());
    }

    @Test
    void wrongCodesSlowTheNextOneDownAndARightOneClearsTheCount() {
        byte[] secret = somebody.withApp();
        Instant now = now();
        for (int i = 0; i < CodeGuess.FREE_FAILURES; i++) {
            assertThat(check("000 00x", now)).isInstanceOf(CodeCheck.Wrong.class);
        }

        assertThat(check(TimeBasedCode.at(secret, now), now)).isInstanceOf(CodeCheck.Throttled.class);
        Instant later = now.plus(Duration.ofMinutes(20));
        assertThat(check(TimeBasedCode.at(secret, later), later)).isEqualTo(RIGHT);
        assertThat(check("nonsense", later)).isInstanceOf(CodeCheck.Wrong.class);
    }

    @Test
    void afterAHundredWrongCodesInARowNoneIsLookedAt() {
        byte[] secret = somebody.withApp();
        Instant now = now();
        for (int i = 0; i < CodeGuess.MOST_FAILURES; i++) {
            assertThat(check("nonsense", now)).isInstanceOf(CodeCheck.Wrong.class);
            now = now.plus(CodeGuess.LONGEST_WAIT);
        }

        assertThat(check(TimeBasedCode.at(secret, now), now)).isInstanceOf(CodeCheck.Throttled.class);
    }

    @Test
    void recoveryCodeIsGoodOnceHoweverItIsWritten() {
        List<String> recovery = somebody.withRecoveryCodes();
        String first = recovery.get(0);

        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        assertThat(check(first.toLowerCase(java.util.Locale.ROOT).replace('-', ' ')))
                .isEqualTo(new CodeCheck.Right(Factor.RECOVERY_CODE));
        assertThat(check(first)).isInstanceOf(CodeCheck.Wrong.class);
        assertThat(lapse.get(SecondFactorPolicy.class).of(somebody.user().id()).recoveryCodes())
                .isEqualTo(9);
    }

    @Test
    void recoveryCodeOfAnotherUserIsWrong() {
        String of = Enrolled.somebody(lapse).withRecoveryCodes().get(0);

        assertThat(check(of)).isInstanceOf(CodeCheck.Wrong.class);
    }

    @Test
    void newRecoveryCodesTakeThePlaceOfThoseBefore() {
        String before = somebody.withRecoveryCodes().get(0);
        somebody.withRecoveryCodes();

        assertThat(check(before)).isInstanceOf(CodeCheck.Wrong.class);
    }
}

package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.timeout.ApplicationTimeout;

/** What holds for every value of every timeout option. */
class TimeoutOptionLawsTest {
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final ApplicationType EXTENSION = new ApplicationType("CFGGenesysAdministratorServer");
    private static final ApplicationType TELEPHONE = new ApplicationType("CFGSIPFeatureServerTUI");

    @Property(seed = "1")
    void theShorterOfTheNamesThatAreSetHolds(
            @ForAll @IntRange(max = 480) int minutes, @ForAll @IntRange(max = 28_800) int seconds) {
        Optional<ApplicationTimeout> timeout = TimeoutOption.shortest(
                EXTENSION,
                Map.of(
                        "security", Map.of("inactivity-timeout", Integer.toString(minutes)),
                        "general", Map.of("inactivity_timeout", Integer.toString(seconds))),
                LONGEST);

        assertThat(timeout.map(one -> one.timeout().duration().toSeconds()))
                .isEqualTo(LongStream.of(minutes * 60L, seconds)
                        .filter(set -> set > 0)
                        .boxed()
                        .min(Long::compare));
    }

    @Property(seed = "2")
    void namesOfOtherComponentsMeanNothing(@ForAll @StringLength(max = 10) String value) {
        assertThat(TimeoutOption.shortest(
                        ApplicationType.GENERIC_CLIENT,
                        Map.of("general", Map.of("inactivity_timeout", value)),
                        LONGEST))
                .isEmpty();
    }

    @Property(seed = "3")
    void attemptsAreMultipliedByTheirSeconds(
            @ForAll @IntRange(max = 99) int attempts, @ForAll @IntRange(max = 290) int seconds) {
        Optional<ApplicationTimeout> timeout = telephone(Integer.toString(attempts), Integer.toString(seconds));

        assertThat(timeout.map(one -> one.timeout().duration().toSeconds()).orElse(0L))
                .isEqualTo((long) attempts * seconds);
    }

    @Property(seed = "4")
    void attemptsThatLastLongerThanPermittedAreRefused(
            @ForAll @IntRange(min = 1, max = 99) int attempts, @ForAll @IntRange(min = 1) int seconds) {
        Assume.that((long) attempts * seconds > LONGEST.toSeconds());

        assertThatThrownBy(() -> telephone(Integer.toString(attempts), Integer.toString(seconds)))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.details())
                        .singleElement()
                        .satisfies(detail ->
                                assertThat(detail.fieldName()).isEqualTo("options.telephone.attempt-seconds")));
    }

    @Property(seed = "5")
    void whatIsNoWholeNumberIsRefusedWithThePathOfTheOption(@ForAll String value) {
        Assume.that(!value.matches("[0-9]+"));

        assertThatThrownBy(() -> TimeoutOption.shortest(
                        EXTENSION, Map.of("general", Map.of("inactivity_timeout", value)), LONGEST))
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.details()).singleElement().satisfies(detail -> assertThat(detail.fieldName())
                            .isEqualTo("options.general.inactivity_timeout"));
                });
    }

    @Property(seed = "6")
    void whatIsLongerThanPermittedIsRefused(@ForAll @IntRange(min = 28_801) int seconds) {
        assertThatThrownBy(() -> TimeoutOption.shortest(
                        EXTENSION, Map.of("general", Map.of("inactivity_timeout", Integer.toString(seconds))), LONGEST))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("28800");
    }

    private static Optional<ApplicationTimeout> telephone(String attempts, String seconds) {
        return TimeoutOption.shortest(
                TELEPHONE, Map.of("telephone", Map.of("attempts", attempts, "attempt-seconds", seconds)), LONGEST);
    }
}

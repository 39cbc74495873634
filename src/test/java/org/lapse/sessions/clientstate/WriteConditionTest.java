package org.lapse.sessions.clientstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteConditionTest {
    private static final Optional<String> NOTHING = Optional.empty();
    private static final Optional<String> A = Optional.of("a");

    @Test
    void withoutOneTheLastWins() {
        assertThat(new WriteCondition(null, null).isMetBy(NOTHING)).isTrue();
        assertThat(new WriteCondition(null, null).isMetBy(A)).isTrue();
    }

    @Test
    void ifMatchWantsOneOfItsTags() {
        assertThat(new WriteCondition("\"a\"", null).isMetBy(A)).isTrue();
        assertThat(new WriteCondition("\"b\" , \"a\"", null).isMetBy(A)).isTrue();
        assertThat(new WriteCondition("\"b\"", null).isMetBy(A)).isFalse();
        assertThat(new WriteCondition("\"a\"", null).isMetBy(NOTHING)).isFalse();
    }

    @Test
    void ifMatchNeverTakesAWeakTagOrAMalformedOne() {
        assertThat(new WriteCondition("W/\"a\"", null).isMetBy(A)).isFalse();
        assertThat(new WriteCondition("a", null).isMetBy(A)).isFalse();
        assertThat(new WriteCondition("", null).isMetBy(A)).isFalse();
    }

    @Test
    void ifMatchAnyWantsThatThereIsOne() {
        assertThat(new WriteCondition("*", null).isMetBy(A)).isTrue();
        assertThat(new WriteCondition(" * ", null).isMetBy(NOTHING)).isFalse();
    }

    @Test
    void ifNoneMatchAnyWantsThatThereIsNone() {
        assertThat(new WriteCondition(null, "*").isMetBy(NOTHING)).isTrue();
        assertThat(new WriteCondition(null, "*").isMetBy(A)).isFalse();
    }

    @Test
    void bothMustBeMet() {
        assertThat(new WriteCondition("\"a\"", "*").isMetBy(A)).isFalse();
        assertThat(new WriteCondition("\"a\"", "\"b\"").isMetBy(A)).isTrue();
    }
}

package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"*", " * ", "\"7\"", "\"6\", \"7\"", "\"6\",\"7\""})
    void whatIsBasedOnThePresentStateIsAccepted(String ifMatch) {
        assertThatCode(() -> Precondition.check(ifMatch, 7)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "7", "", "W/\"7\"", "\"77\""})
    void whatIsBasedOnAnotherStateIsRefused(String ifMatch) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> Precondition.check(ifMatch, 7))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(412));
    }
}

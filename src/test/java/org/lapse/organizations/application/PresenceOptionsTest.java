package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lapse.platform.api.ApiException;

class PresenceOptionsTest {
    @Test
    void sessionsCarryPresenceWhereNothingIsSaid() {
        assertThat(PresenceOptions.of(Map.of())).isEqualTo(new PresenceOptions(true));
    }

    @Test
    void theOptionSaysOtherwise() {
        assertThat(PresenceOptions.of(Map.of("presence", Map.of("carries-presence", "false"))))
                .isEqualTo(new PresenceOptions(false));
    }

    @Test
    void whatIsNeitherTrueNorFalseIsRefusedByItsPath() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> PresenceOptions.of(Map.of("presence", Map.of("carries-presence", "yes"))))
                .satisfies(
                        refusal -> assertThat(refusal.details()).singleElement().satisfies(detail -> assertThat(
                                        detail.fieldName())
                                .isEqualTo("options.presence.carries-presence")));
    }
}

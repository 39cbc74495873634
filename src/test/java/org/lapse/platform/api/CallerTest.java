package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallerTest {
    private final Caller caller =
            new Caller(UUID.randomUUID(), "desk", UUID.randomUUID(), "alice", Set.of("a:b:view", "a:b:edit"), "token");

    @Test
    void whoeverHoldsAllMayGiveThem() {
        assertThatCode(() -> caller.mustHoldAll(Set.of("a:b:view", "a:b:edit"))).doesNotThrowAnyException();
        assertThatCode(() -> caller.mustHoldAll(Set.of())).doesNotThrowAnyException();
    }

    @Test
    void whoeverLacksOneIsRefusedAndToldWhich() {
        assertThatThrownBy(() -> caller.mustHoldAll(Set.of("a:b:view", "a:b:delete")))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("a:b:delete")
                .extracting("code")
                .isEqualTo("not.authorized");
    }
}

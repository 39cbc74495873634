package org.lapse.organizations.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.platform.api.ApiException;

class UserChangeTest {
    private final User user =
            new User(UUID.randomUUID(), "Alice@demo.example", "Alice", null, Instant.parse("2026-11-21T09:00:00Z"));

    @Test
    void ofTwoNamesForSigningInTheNewOneDecides() {
        new UserChange(null, "New@demo.example", "alice@demo.example", null, 1).apply(user);
        assertThat(user.username()).isEqualTo("new@demo.example");

        new UserChange(null, "new@demo.example", "newer@demo.example", null, 1).apply(user);
        assertThat(user.username()).isEqualTo("newer@demo.example");
    }

    @Test
    void twoNewNamesForSigningInAreRefused() {
        assertThatThrownBy(() -> new UserChange(null, "b@demo.example", "c@demo.example", null, 1).apply(user))
                .isInstanceOf(ApiException.class);
        assertThat(user.username()).isEqualTo("alice@demo.example");
    }

    @Test
    void nameForSigningInIsAnEmailAddress() {
        for (String bad : List.of(
                "",
                "alice",
                "a b@demo.example",
                "@demo.example",
                "a@b@c",
                " b@demo.example",
                "b@demo.example\u00a0",
                "b\u200b@demo.example",
                "b@demo\u202e.example",
                "x".repeat(251) + "@a.b")) {
            assertThatThrownBy(() -> new UserChange(null, bad, null, null, 1).apply(user))
                    .as(bad)
                    .isInstanceOf(ApiException.class);
        }
    }

    @Test
    void stateIsActiveOrInactive() {
        new UserChange(null, null, null, "inactive", 1).apply(user);
        assertThat(user.state()).isEqualTo(UserState.INACTIVE);

        assertThatThrownBy(() -> new UserChange(null, null, null, "deleted", 1).apply(user))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void expansionsThatNobodyKnowsAreRefused() {
        assertThat(Expansion.of(List.of("groups,routingStatus", "lasttokenissued"))
                        .asksFor(Expansion.GROUPS))
                .isTrue();
        assertThatThrownBy(() -> Expansion.of(List.of("groups", "gruops"))).isInstanceOf(ApiException.class);
    }
}

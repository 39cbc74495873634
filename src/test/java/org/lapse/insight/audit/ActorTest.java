package org.lapse.insight.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lapse.platform.api.Caller;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.SessionEvent;

/** Who ended or locked a session, by what its reason says. */
class ActorTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String DESK = "desk";
    private static final UUID ALICE = UUID.randomUUID();
    private static final Actor POLICY = new Actor("policy", null, DESK);
    private static final Actor APPLICATION = new Actor("application", DESK, DESK);
    private static final Actor THE_USER = new Actor("user", ALICE.toString(), DESK);

    private final Caller caller =
            new Caller(UUID.randomUUID(), "console", UUID.randomUUID(), "carol", Set.of(), "token");

    @ParameterizedTest
    @EnumSource
    void whoeverCallsEndsTheSessionUnlessAPolicyDoes(EndReason reason) {
        Actor expected = reason.endedBy() == EndReason.EndedBy.POLICY ? POLICY : Actor.of(caller);

        assertThat(Actor.of(ended(reason, ALICE), Optional.of(caller))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void withoutACallTheReasonSaysWhoEndedIt(EndReason reason) {
        Actor expected =
                switch (reason.endedBy()) {
                    case USER -> THE_USER;
                    case APPLICATION -> APPLICATION;
                    case ADMINISTRATOR, POLICY -> POLICY;
                };

        assertThat(Actor.of(ended(reason, ALICE), Optional.empty())).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"INACTIVITY", "EXPIRED"})
    void aDeadlineIsNobodysDeed(EndReason reason) {
        assertThat(Actor.of(ended(reason, ALICE), Optional.of(caller))).isEqualTo(POLICY);
    }

    @Test
    void whatIsDisabledAtTheStartOfAServerIsNobodysDeedEither() {
        assertThat(Actor.of(ended(EndReason.USER_DISABLED, ALICE), Optional.empty()))
                .isEqualTo(POLICY);
    }

    @Test
    void anApplicationOnItsOwnSignsItselfOut() {
        assertThat(Actor.of(ended(EndReason.SIGNED_OUT, null), Optional.empty()))
                .isEqualTo(APPLICATION);
    }

    @Test
    void aClientThatRevokesIsNotItsUser() {
        assertThat(Actor.of(ended(EndReason.REVOKED, ALICE), Optional.empty())).isEqualTo(APPLICATION);
    }

    @Test
    void aLockIsThePolicysOrAnAdministrators() {
        SessionEvent.Lapse lapse = new SessionEvent.Lapse(NOW.minusSeconds(600), NOW, Set.of());

        assertThat(Actor.of(new SessionEvent.SessionLocked(session(ALICE), NOW, lapse, null), Optional.of(caller)))
                .isEqualTo(POLICY);
        assertThat(Actor.of(new SessionEvent.SessionLocked(session(ALICE), NOW, null, null), Optional.of(caller)))
                .isEqualTo(Actor.of(caller));
    }

    @Test
    void theUserUnlocks() {
        assertThat(Actor.of(new SessionEvent.SessionUnlocked(session(ALICE), NOW), Optional.empty()))
                .isEqualTo(THE_USER);
    }

    private static SessionEvent ended(EndReason reason, @Nullable UUID user) {
        return new SessionEvent.SessionEnded(session(user), NOW, reason, null, null);
    }

    private static SessionEvent.Subject session(@Nullable UUID user) {
        return new SessionEvent.Subject(UUID.randomUUID(), UUID.randomUUID(), DESK, user);
    }
}

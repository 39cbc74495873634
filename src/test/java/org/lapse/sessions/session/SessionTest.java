package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.sessions.ledger.TokenDigest;

class SessionTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant END_OF_HOLD = START.plus(Duration.ofHours(2));

    private final Session session = new Session(
            new NewSession(
                    UUID.randomUUID(),
                    new SessionPrincipal(
                            UUID.randomUUID(), "desk", UUID.randomUUID(), "alice@demo.example", Entitlements.NONE, ""),
                    null,
                    START,
                    TokenDigest.of("token"),
                    START.plus(Duration.ofHours(8)),
                    START.plus(Duration.ofHours(8))),
            1,
            START);

    @Test
    void releaseIsAnActivityThen() {
        Instant released = START.plus(Duration.ofHours(1));
        session.hold(END_OF_HOLD, 2);

        session.release(3, released);

        assertThat(session.heldUntil()).isNull();
        assertThat(session.lastActivityAt()).isEqualTo(released);
        assertThat(session.version()).isEqualTo(3);
    }

    @Test
    void releaseAfterTheEndOfTheHoldIsAnActivityAtThatEnd() {
        session.hold(END_OF_HOLD, 2);

        session.release(3, END_OF_HOLD.plusSeconds(60));

        assertThat(session.heldUntil()).isNull();
        assertThat(session.lastActivityAt()).isEqualTo(END_OF_HOLD);
    }

    @Test
    void releaseOfASessionThatIsNotHeldIsNoActivity() {
        session.release(2, START.plusSeconds(60));

        assertThat(session.lastActivityAt()).isEqualTo(START);
    }

    @Test
    void releaseDoesNotTakeLastActivityBack() {
        session.hold(END_OF_HOLD, 2);

        session.release(3, START.minusSeconds(1));

        assertThat(session.lastActivityAt()).isEqualTo(START);
    }
}

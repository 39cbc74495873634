package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionPrincipals;
import org.lapse.sessions.ledger.SharedTimeout;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * How much of the heap a live session takes: with its place in the ledger, its principal, and the id and name of a user
 * who has no other session.
 */
class MemoryOfSessionsTest {
    private static final int SESSIONS = 250_000;
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void liveSessionTakes241BytesAtTheMost() {
        List<Remembered> remembered = new ArrayList<>(List.of(remember()));
        long with = used();
        assertThat(remembered.get(0).ledger.size()).isEqualTo(SESSIONS);
        remembered.clear();
        long bytes = (with - used()) / SESSIONS;

        assertThat(bytes).isBetween(200L, 241L);
    }

    private static Remembered remember() {
        SharedParts parts = new SharedParts();
        SharedTimeout timeout = SharedTimeout.of(Optional.of(Duration.ofMinutes(30)));
        SessionLedger<SessionPrincipal> ledger = new SessionLedger<>(START, governedBy(timeout));
        for (int i = 0; i < SESSIONS; i++) {
            CommittedState<SessionPrincipal> opened = opened(
                    UUID.randomUUID(),
                    TokenDigest.of("token" + i),
                    parts.share(principal(i)),
                    START,
                    START.plus(Duration.ofHours(12)));
            ledger.apply(opened, START);
        }
        return new Remembered(parts, ledger);
    }

    /** All that a node keeps of sessions. */
    private record Remembered(SharedParts parts, SessionLedger<SessionPrincipal> ledger) {}

    /** As it comes from the database: nothing in it is the same object as in another. */
    private static SessionPrincipal principal(int i) {
        return new SessionPrincipal(
                new UUID(1, 1),
                "demo-" + "desk",
                UUID.randomUUID(),
                "user%06d@example".formatted(i),
                Entitlements.NONE,
                String.join(" ", "openid", "profile"));
    }

    /** Principals that stay as they are, all of them governed alike. */
    private static SessionPrincipals<SessionPrincipal> governedBy(SharedTimeout timeout) {
        return new SessionPrincipals<>() {
            @Override
            public SessionPrincipal latest(SessionPrincipal principal, long version) {
                return principal;
            }

            @Override
            public SharedTimeout timeoutOf(SessionPrincipal principal) {
                return timeout;
            }
        };
    }

    private static CommittedState<SessionPrincipal> opened(
            UUID id, TokenDigest token, SessionPrincipal principal, Instant lastActivity, Instant expiresAt) {
        return new CommittedState.Live<>(
                id,
                1,
                Optional.empty(),
                token,
                expiresAt,
                Optional.empty(),
                Optional.of(principal),
                lastActivity,
                0,
                Optional.empty());
    }

    /** Until nothing more goes: what tests before this one have left goes in several steps. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long before = Long.MAX_VALUE;
        long used = Long.MAX_VALUE - 1;
        while (used < before) {
            before = used;
            System.gc();
            used = runtime.totalMemory() - runtime.freeMemory();
        }
        return used;
    }
}

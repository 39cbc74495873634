package org.lapse.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.directory.Entitlements;
import org.lapse.ledger.Holders;
import org.lapse.ledger.SessionLedger;
import org.lapse.ledger.SessionStatus;
import org.lapse.ledger.SharedTimeout;
import org.lapse.ledger.TokenDigest;

/**
 * How much of the heap a live session takes: with its place in the ledger, its holder, and the id and name of a user who has
 * no other session.
 */
class MemoryOfSessionsTest {
    private static final int SESSIONS = 250_000;
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void liveSessionTakes244BytesAtTheMost() {
        SharedParts parts = new SharedParts();
        SharedTimeout timeout = SharedTimeout.of(Optional.of(Duration.ofMinutes(30)));
        SessionLedger<Grant> ledger = new SessionLedger<>(START, governedBy(timeout));
        long before = used();
        for (int i = 0; i < SESSIONS; i++) {
            SessionStatus<Grant> opened = opened(
                    UUID.randomUUID(),
                    TokenDigest.of("token" + i),
                    parts.share(grant(i)),
                    START,
                    START.plus(Duration.ofHours(12)));
            ledger.apply(opened, START);
        }
        long bytes = (used() - before) / SESSIONS;

        assertThat(ledger.size()).isEqualTo(SESSIONS);
        assertThat(bytes).isBetween(200L, 244L);
    }

    /** As it comes from the database: nothing in it is the same object as in another. */
    private static Grant grant(int i) {
        return new Grant(
                new UUID(1, 1),
                "demo-" + "desk",
                UUID.randomUUID(),
                "user%06d@example".formatted(i),
                Entitlements.NONE,
                String.join(" ", "openid", "profile"));
    }

    /** Holders that stay as they are, all of them governed alike. */
    private static Holders<Grant> governedBy(SharedTimeout timeout) {
        return new Holders<>() {
            @Override
            public Grant latest(Grant grant, long version) {
                return grant;
            }

            @Override
            public SharedTimeout timeoutOf(Grant grant) {
                return timeout;
            }
        };
    }

    private static SessionStatus<Grant> opened(
            UUID id, TokenDigest token, Grant grant, Instant lastActivity, Instant expiresAt) {
        return new SessionStatus.Live<>(
                id,
                1,
                false,
                token,
                expiresAt,
                Optional.empty(),
                Optional.of(grant),
                lastActivity,
                0,
                Optional.empty());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package org.lapse.sessions.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A ledger that starts at {@link #START}, and short ways to open sessions in it. */
final class LedgerFixture {

    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    static final Duration TICK = Duration.ofMillis(1);
    static final Duration TIMEOUT = Duration.ofMinutes(30);
    static final Duration LIFE = Duration.ofHours(12);
    static final int ALL = Integer.MAX_VALUE;

    /** What sessions are used for, unless a test is about that: the largest number there is. */
    static final int USE = LiveSession.USES - 1;

    final SharedTimeout halfAnHour = SharedTimeout.of(Optional.of(TIMEOUT));
    final SessionLedger<String> ledger = new SessionLedger<>(START, sharing(halfAnHour));

    /** A session that was last used at the start and has the usual timeout and life. */
    LiveSession<String> open(String token) {
        return open(token, halfAnHour, START.plus(LIFE));
    }

    LiveSession<String> open(String token, SharedTimeout timeout, Instant expiresAt) {
        return ledger.open(id(token), TokenDigest.of(token), "holder of " + token, timeout, START, expiresAt);
    }

    /** Holders that stay as they are, all of them governed by one timeout. */
    static <T> SessionPrincipals<T> sharing(SharedTimeout timeout) {
        return new SessionPrincipals<>() {
            @Override
            public T latest(T holder, long version) {
                return holder;
            }

            @Override
            public SharedTimeout timeoutOf(T holder) {
                return timeout;
            }
        };
    }

    static UUID id(String token) {
        return UUID.nameUUIDFromBytes(TokenDigest.of(token).bytes());
    }

    /** Holders that stay as they are, and are governed by one timeout. */
    static <T> SessionPrincipals<T> all(SharedTimeout timeout) {
        return new SessionPrincipals<>() {
            @Override
            public T latest(T holder, long version) {
                return holder;
            }

            @Override
            public SharedTimeout timeoutOf(T holder) {
                return timeout;
            }
        };
    }

    static SharedTimeout never() {
        return SharedTimeout.of(Optional.empty());
    }
}

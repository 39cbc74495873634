package org.lapse.sessions.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * A ledger that starts at {@link #START}, and the database that it follows. Each change is committed there, and then
 * told to the ledger, which is told the row too where it asks for that.
 */
final class LedgerFixture {

    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    static final Duration TICK = Duration.ofMillis(1);
    static final Duration TIMEOUT = Duration.ofMinutes(30);
    static final Duration LIFE = Duration.ofHours(12);
    static final int ALL = Integer.MAX_VALUE;

    /** What sessions are used for, unless a test is about that: the largest number there is. */
    static final int USE = LiveSession.USES - 1;

    final SharedTimeout halfAnHour = SharedTimeout.of(Optional.of(TIMEOUT));
    final CommittedSessions database = new CommittedSessions();
    final SessionLedger<String> ledger;

    /** The timeouts of those principals that are not governed by the usual one. */
    private final Map<String, SharedTimeout> timeouts = new ConcurrentHashMap<>();

    LedgerFixture() {
        this(new DeadlineWheel<>(START));
    }

    LedgerFixture(DeadlineWheel<String> wheel) {
        ledger = new SessionLedger<>(wheel, new SessionPrincipals<>() {
            @Override
            public String latest(String principal, long version) {
                return principal;
            }

            @Override
            public SharedTimeout timeoutOf(String principal) {
                return timeouts.getOrDefault(principal, halfAnHour);
            }
        });
    }

    /** A session that was last used at the start and has the usual timeout and life. */
    LiveSession<String> open(String token) {
        return open(token, halfAnHour, START.plus(LIFE));
    }

    LiveSession<String> open(String token, SharedTimeout timeout, Instant expiresAt) {
        return open(timeout, version -> Row.opened(token, version, token).expiringAt(expiresAt));
    }

    /** A session of that row, of which the ledger is told before its life is over. */
    LiveSession<String> open(SharedTimeout timeout, LongFunction<Row> opened) {
        CommittedState<String> committed = database.open(version -> {
            Row row = opened.apply(version);
            timeouts.put(row.principal(), timeout);
            return row;
        });
        Row row = database.row(committed.id()).orElseThrow();
        tell(committed, row.expiresAt().minus(TICK));
        return ledger.find(committed.id()).orElseThrow();
    }

    /** Answers whether the row was locked by this; false if it was before, or has ended. */
    boolean lock(LiveSession<String> session) {
        return tell(database.lock(session.id()), START);
    }

    /** Answers whether the row was unlocked, or used again; false if its life is over, or it has ended. */
    boolean unlock(LiveSession<String> session, Instant now) {
        return tell(database.unlock(session.id(), now), now);
    }

    /** Answers whether the row was held; false if it is locked, or has ended. */
    boolean hold(LiveSession<String> session, Instant until) {
        return tell(database.hold(session.id(), until), START);
    }

    /** Answers whether the row is no longer held; false if it is locked, or has ended. */
    boolean release(LiveSession<String> session, Instant now) {
        return tell(database.release(session.id(), now), now);
    }

    /** Answers whether the row was ended by this; false if it was before. */
    boolean end(LiveSession<String> session) {
        return tell(database.end(session.id()), START);
    }

    private boolean tell(Optional<CommittedState<String>> committed, Instant now) {
        committed.ifPresent(state -> tell(state, now));
        return committed.isPresent();
    }

    private void tell(CommittedState<String> state, Instant now) {
        if (ledger.apply(state, now) == SessionLedger.Outcome.INCOMPLETE) {
            tell(database.read(state.id()), now);
        }
    }

    /** Has another timeout govern the principal of a session from now on. */
    void govern(LiveSession<String> session, SharedTimeout timeout, Instant now) {
        timeouts.put(session.principal(), timeout);
        ledger.governAnew(session.principal()::equals, now);
    }

    /** A session that is in no ledger. */
    static LiveSession<String> session(Row row, SharedTimeout timeout) {
        return new LiveSession<>(row.whole(), row.principal(), timeout);
    }

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(TokenDigest.of(name).bytes());
    }

    /** Principals that stay as they are, all of them governed by one timeout. */
    static <T> SessionPrincipals<T> sharing(SharedTimeout timeout) {
        return new SessionPrincipals<>() {
            @Override
            public T latest(T principal, long version) {
                return principal;
            }

            @Override
            public SharedTimeout timeoutOf(T principal) {
                return timeout;
            }
        };
    }

    static SharedTimeout never() {
        return SharedTimeout.of(Optional.empty());
    }
}

package org.lapse.sessions.ledger;

import static org.lapse.sessions.ledger.LedgerFixture.USE;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingOptions;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Whatever several threads do to a session at once, the outcome is one that they could also have had one after the
 * other. Lincheck makes up short scenarios, plays them in many orders of the threads' steps, and compares the outcomes
 * with those of a plain model, which says what must never happen: an ended session does not come back, the last
 * activity does not go back, and one alone is told that it ended the session.
 */
class LinearizabilityTest {

    private static final int TIMEOUT = 5;
    private static final TokenDigest TOKEN = TokenDigest.of("token");

    private static final UUID ID = LedgerFixture.id("session");
    private static final Instant EXPIRES_AT = Instant.EPOCH.plusSeconds(1);

    @Test
    void aSessionInEveryOrderOfTheThreadsSteps() {
        LinChecker.check(
                SessionAlone.class,
                new ModelCheckingOptions()
                        .iterations(10)
                        .invocationsPerIteration(200)
                        .threads(2)
                        .actorsPerThread(3)
                        .sequentialSpecification(ModelOfSession.class));
    }

    @Test
    void aSessionInItsLedgerUnderStress() {
        LinChecker.check(
                SessionInLedger.class,
                new StressOptions()
                        .iterations(15)
                        .invocationsPerIteration(1_000)
                        .threads(3)
                        .actorsPerThread(3)
                        .sequentialSpecification(ModelOfSession.class));
    }

    @Test
    void aTableThatGrowsWhileItIsSearched() {
        LinChecker.check(
                GrowingTable.class,
                new StressOptions()
                        .iterations(15)
                        .invocationsPerIteration(1_000)
                        .threads(3)
                        .actorsPerThread(3)
                        .sequentialSpecification(ModelOfTable.class));
    }

    private static Row opened(long version) {
        return Row.opened("session", version, "token").lastUsedAt(Instant.EPOCH).expiringAt(EXPIRES_AT);
    }

    /**
     * What the row says of a session that was last used at that moment. It is made anew each time, because Lincheck
     * 2.39 cannot follow a static field to a record.
     */
    private static CommittedState.Live<String> used(long version, int moment) {
        return new CommittedState.Live<>(
                ID,
                version,
                Optional.empty(),
                TOKEN,
                EXPIRES_AT,
                Optional.empty(),
                Optional.empty(),
                Instant.ofEpochMilli(moment),
                Row.UNLOCK,
                Optional.empty());
    }

    private static SharedTimeout timeout() {
        return SharedTimeout.of(Optional.of(Duration.ofMillis(TIMEOUT)));
    }

    /** A session that lapses after five milliseconds without use. */
    @Param(name = "moment", gen = IntGen.class, conf = "0:9")
    public static class SessionAlone {
        private final LiveSession<String> session = new LiveSession<>(used(1, 0), "", timeout());

        @Operation
        public boolean use(@Param(name = "moment") int moment) {
            return session.recordActivity(Instant.ofEpochMilli(moment), USE);
        }

        @Operation
        public boolean givesAccess(@Param(name = "moment") int moment) {
            return session.status(Instant.ofEpochMilli(moment)) == SessionStatus.ACTIVE;
        }

        @Operation
        public long lastActivity() {
            return session.lastActivity().toEpochMilli();
        }

        @Operation
        public boolean lock() {
            return session.lock(LockReason.INACTIVITY);
        }

        @Operation
        public boolean unlock(@Param(name = "moment") int moment) {
            return session.follow(used(2, moment)) != StatusWord.ENDED;
        }

        @Operation
        public boolean end() {
            return session.end() != StatusWord.ENDED;
        }
    }

    /**
     * The same in a ledger, where it is found, hangs on the wheel, and is forgotten at its end. The ledger is told of
     * each change before the next one is committed: {@link AnyOrderTest} is about other orders.
     */
    @Param(name = "moment", gen = IntGen.class, conf = "0:9")
    public static class SessionInLedger {
        private final LedgerFixture fixture = new LedgerFixture(new DeadlineWheel<>(Instant.EPOCH, 8));
        private final LiveSession<String> session = fixture.open(timeout(), LinearizabilityTest::opened);

        @Operation
        public boolean use(@Param(name = "moment") int moment) {
            return session.recordActivity(Instant.ofEpochMilli(moment), USE);
        }

        @Operation
        public boolean givesAccess(@Param(name = "moment") int moment) {
            return fixture.ledger
                    .find(TOKEN, Instant.ofEpochMilli(moment))
                    .filter(found -> found.status(Instant.ofEpochMilli(moment)) == SessionStatus.ACTIVE)
                    .isPresent();
        }

        @Operation
        public long lastActivity() {
            return session.lastActivity().toEpochMilli();
        }

        @Operation
        public boolean lock() {
            synchronized (fixture) {
                return fixture.lock(session);
            }
        }

        @Operation
        public boolean unlock(@Param(name = "moment") int moment) {
            synchronized (fixture) {
                return fixture.unlock(session, Instant.ofEpochMilli(moment));
            }
        }

        @Operation
        public boolean end() {
            synchronized (fixture) {
                return fixture.end(session);
            }
        }
    }

    /** What such a session does, one step after the other. */
    public static class ModelOfSession {
        private long lastActivity;
        private boolean inactive;
        private boolean locked;
        private boolean ended;

        private boolean isActive(int moment) {
            inactive |= !locked && moment >= lastActivity + TIMEOUT;
            return !inactive && !locked && !ended;
        }

        public boolean use(int moment) {
            boolean active = isActive(moment);
            lastActivity = active ? Math.max(lastActivity, moment) : lastActivity;
            return active;
        }

        public boolean givesAccess(int moment) {
            return isActive(moment);
        }

        public long lastActivity() {
            return lastActivity;
        }

        public boolean lock() {
            boolean locks = !locked && !ended;
            locked |= locks;
            return locks;
        }

        /** What is inactive, and not locked, wants a use that is later than the last one. */
        public boolean unlock(int moment) {
            if (ended) {
                return false;
            }
            if (locked || !inactive || moment > lastActivity) {
                locked = false;
                inactive = false;
                lastActivity = Math.max(lastActivity, moment);
            }
            return true;
        }

        public boolean end() {
            boolean first = !ended;
            ended = true;
            return first;
        }
    }

    /** A table that is about to grow, and sessions that are in one chain before and in several afterwards. */
    @Param(name = "number", gen = IntGen.class, conf = "0:4")
    public static class GrowingTable {
        private final TokenTable<String> table = new TokenTable<>();

        public GrowingTable() {
            for (int other = 0; other < 7; other++) {
                table.add(session(1 + 16 * other));
            }
        }

        private static LiveSession<String> session(int spread) {
            byte[] digest = ByteBuffer.allocate(32).putInt(4, spread).array();
            LiveSession<String> session = LedgerFixture.session(opened(1), LedgerFixture.never());
            session.carry(TokenDigest.ofBytes(digest));
            return session;
        }

        @Operation
        public boolean add(@Param(name = "number") int number) {
            return table.add(session(16 * number));
        }

        @Operation
        public boolean remove(@Param(name = "number") int number) {
            TokenEntry<String> found = table.find(session(16 * number).token());
            return found != null && table.remove(found);
        }

        @Operation
        public boolean find(@Param(name = "number") int number) {
            return table.find(session(16 * number).token()) != null;
        }
    }

    /** The same, one step after the other. */
    public static class ModelOfTable {
        private final Set<Integer> numbers = new HashSet<>();

        public boolean add(int number) {
            return numbers.add(number);
        }

        public boolean remove(int number) {
            return numbers.remove(number);
        }

        public boolean find(int number) {
            return numbers.contains(number);
        }
    }
}

package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TICK;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;
import static org.lapse.sessions.ledger.LedgerFixture.never;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockingSessionsTest {

    private static final Instant INACTIVE_AT = START.plus(TIMEOUT);
    private static final Instant EXPIRES_AT = START.plus(LIFE);

    private final LedgerFixture fixture = new LedgerFixture();
    private final SessionLedger<String> ledger = fixture.ledger;

    /** Tells of a commit that a newer one has followed, or that the database would not have allowed. */
    private SessionLedger.Outcome apply(CommittedState<String> state, Instant now) {
        return ledger.apply(state, now);
    }

    @Test
    void aSessionThatIsLockedTwiceCountsOnce() {
        LiveSession<String> session = fixture.open("token");

        fixture.lock(session);
        assertThat(session.status(START)).isEqualTo(SessionStatus.LOCKED);
        apply(Row.lock("token", session.version()), START);
        apply(Row.lock("token", session.version() + 1), START);

        assertThat(session.status(START)).isEqualTo(SessionStatus.LOCKED);
        assertThat(ledger.locked()).isEqualTo(1);
        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void lockSaysWhy() {
        LiveSession<String> session = fixture.open("token");
        apply(
                new CommittedState.Locked<>(session.id(), session.version() + 1, session.version(), LockReason.FORCED),
                START);
        assertThat(session.lockReason()).isEqualTo(LockReason.FORCED);
        assertThat(session.deadline()).isEqualTo(session.expiresAt());

        LiveSession<String> other = fixture.open("another token");
        fixture.lock(other);

        assertThat(other.lockReason()).isEqualTo(LockReason.INACTIVITY);
    }

    @Test
    void anUnlockedSessionIsActiveWithAnActivityNow() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);
        Instant later = INACTIVE_AT.plus(TIMEOUT);

        fixture.unlock(session, later);

        assertThat(session.status(later)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.lastActivity()).isEqualTo(later);
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void anUnlockedSessionIsDueAfterItsTimeoutAgain() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);
        fixture.lock(session);
        fixture.unlock(session, INACTIVE_AT);

        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT).minus(TICK), ALL))
                .isEmpty();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void anInactiveSessionThatWaitsToBeLockedCanBeUnlocked() {
        LiveSession<String> session = fixture.open("token");
        ledger.takePassed(INACTIVE_AT, ALL);

        fixture.unlock(session, INACTIVE_AT);

        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(ledger.locked()).isZero();
        assertThat(ledger.takePassed(INACTIVE_AT.plus(TIMEOUT), ALL)).hasSize(1);
    }

    @Test
    void unlockingAnActiveSessionIsAnActivity() {
        LiveSession<String> session = fixture.open("token");

        fixture.unlock(session, START.plus(TICK));

        assertThat(session.lastActivity()).isEqualTo(START.plus(TICK));
    }

    @Test
    void unlockingDoesNotTakeLastActivityBack() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);

        fixture.unlock(session, START.minus(TICK));

        assertThat(session.status(START)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.lastActivity()).isEqualTo(START);
    }

    @Test
    void anUnlockGivesAnExpiredSessionNoAccess() {
        LiveSession<String> session = fixture.open("token", never(), EXPIRES_AT);
        session.status(EXPIRES_AT);

        apply(row(session).unlocked(2, EXPIRES_AT).live(), EXPIRES_AT);

        assertThat(session.status(EXPIRES_AT)).isEqualTo(SessionStatus.EXPIRED);
        assertThat(session.status(START)).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void anUnlockGivesALockedSessionNoAccessAtItsAbsoluteEnd() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);

        apply(row(session).unlocked(3, EXPIRES_AT).live(), EXPIRES_AT);

        assertThat(session.status(EXPIRES_AT)).isEqualTo(SessionStatus.EXPIRED);
        assertThat(session.status(START)).isEqualTo(SessionStatus.EXPIRED);
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void aLockedSessionIsUnlockedOneTickBeforeItsAbsoluteEnd() {
        LiveSession<String> session = fixture.open("token");
        fixture.lock(session);

        fixture.unlock(session, EXPIRES_AT.minus(TICK));

        assertThat(session.status(EXPIRES_AT.minus(TICK))).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.deadline()).isEqualTo(EXPIRES_AT);
    }

    @Test
    void anUnlockGivesAnInactiveSessionNoAccessAtItsAbsoluteEnd() {
        LiveSession<String> session = fixture.open("token");
        session.status(INACTIVE_AT);

        apply(row(session).unlocked(2, EXPIRES_AT).live(), EXPIRES_AT);

        assertThat(session.status(EXPIRES_AT)).isEqualTo(SessionStatus.EXPIRED);
        assertThat(session.status(START)).isEqualTo(SessionStatus.EXPIRED);
    }

    @Test
    void anEndedSessionIsNeitherLockedNorUnlockedByWhatWasCommittedBefore() {
        LiveSession<String> session = fixture.open("token");
        CommittedState<String> lock = fixture.database.lock(session.id()).orElseThrow();
        CommittedState<String> unlock =
                fixture.database.unlock(session.id(), START).orElseThrow();
        fixture.end(session);

        assertThat(apply(lock, START)).isEqualTo(SessionLedger.Outcome.OUTDATED);
        assertThat(apply(unlock, START)).isEqualTo(SessionLedger.Outcome.OUTDATED);
        assertThat(session.status(START)).isEqualTo(SessionStatus.ENDED);
        assertThat(ledger.size()).isZero();
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void anExpiredSessionIsNotLocked() {
        LiveSession<String> session = fixture.open("token", never(), EXPIRES_AT);
        session.status(EXPIRES_AT);

        fixture.lock(session);

        assertThat(session.status(START)).isEqualTo(SessionStatus.EXPIRED);
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void aSessionIsKnownAsLockedAsItWas() {
        LiveSession<String> session = fixture.open(fixture.halfAnHour, version -> Row.opened("token", version, "token")
                .locked(version));

        assertThat(session.status(INACTIVE_AT)).isEqualTo(SessionStatus.LOCKED);
        assertThat(ledger.locked()).isEqualTo(1);
        assertThat(ledger.takePassed(EXPIRES_AT.minus(TICK), ALL)).isEmpty();
        assertThat(ledger.takePassed(EXPIRES_AT, ALL)).hasSize(1);
    }

    @Test
    void aSessionIsKnownAsHeldAsItWas() {
        Instant endOfHold = START.plus(TIMEOUT);
        LiveSession<String> session = fixture.open(
                fixture.halfAnHour, version -> unusedForTheTimeout(version).held(version, endOfHold));

        assertThat(session.status(endOfHold)).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.deadline()).isEqualTo(endOfHold.plus(TIMEOUT));
        assertThat(ledger.locked()).isZero();
    }

    @Test
    void aSessionIsKnownAsActiveAsItWas() {
        LiveSession<String> session = fixture.open(fixture.halfAnHour, LockingSessionsTest::unusedForTheTimeout);

        assertThat(ledger.takePassed(START, ALL))
                .extracting(PassedDeadline::session)
                .containsExactly(session);
        assertThat(ledger.locked()).isZero();
    }

    private Row row(LiveSession<String> session) {
        return fixture.database.row(session.id()).orElseThrow();
    }

    private static Row unusedForTheTimeout(long version) {
        return Row.opened("token", version, "token").lastUsedAt(START.minus(TIMEOUT));
    }
}

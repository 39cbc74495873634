package org.lapse.sessions.ledger;

import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What the database knows of a session, of which each change makes a new version, and what it says of it. */
record Row(
        String name,
        long version,
        boolean locked,
        String token,
        Instant expiresAt,
        Optional<CommittedState.Former> former,
        String principal,
        Instant lastActivity,
        int use,
        Optional<Instant> heldUntil) {

    /** What an unlock is as a use. */
    static final int UNLOCK = 2;

    /** A session that is opened at the start. */
    static Row opened(String name, long version, String token) {
        return new Row(
                name,
                version,
                false,
                token,
                START.plus(LIFE),
                Optional.empty(),
                "principal of " + name,
                START,
                1,
                Optional.empty());
    }

    UUID id() {
        return LedgerFixture.id(name);
    }

    Row lastUsedAt(Instant moment) {
        return new Row(name, version, locked, token, expiresAt, former, principal, moment, use, heldUntil);
    }

    Row expiringAt(Instant end) {
        return new Row(name, version, locked, token, end, former, principal, lastActivity, use, heldUntil);
    }

    Row renewed(long newVersion, String newToken, Instant newEnd, Instant formerGoodUntil) {
        Optional<CommittedState.Former> newFormer =
                Optional.of(new CommittedState.Former(TokenDigest.of(token), formerGoodUntil));
        return new Row(name, newVersion, locked, newToken, newEnd, newFormer, principal, lastActivity, use, heldUntil);
    }

    Row locked(long newVersion) {
        return new Row(
                name, newVersion, true, token, expiresAt, former, principal, lastActivity, use, Optional.empty());
    }

    Row used(long newVersion, Instant moment, int newUse) {
        return new Row(name, newVersion, false, token, expiresAt, former, principal, moment, newUse, heldUntil);
    }

    Row held(long newVersion, Instant until) {
        return new Row(
                name, newVersion, locked, token, expiresAt, former, principal, lastActivity, use, Optional.of(until));
    }

    /** Used now by who has unlocked it, and no longer held. */
    Row unlocked(long newVersion, Instant now) {
        return new Row(name, newVersion, false, token, expiresAt, former, principal, now, UNLOCK, Optional.empty());
    }

    /** No longer held: used now, or at the end of its hold if that is over. */
    Row released(long newVersion, Instant now) {
        Instant used = heldUntil
                .map(until -> until.isBefore(now) ? until : now)
                .filter(end -> end.isAfter(lastActivity))
                .orElse(lastActivity);
        return new Row(name, newVersion, locked, token, expiresAt, former, principal, used, use, Optional.empty());
    }

    Row withPrincipal(long newVersion, String newPrincipal) {
        return new Row(name, newVersion, locked, token, expiresAt, former, newPrincipal, lastActivity, use, heldUntil);
    }

    /** All that the database knows. */
    CommittedState.Live<String> whole() {
        return live(Optional.of(principal));
    }

    /** The same without the principal, which the change did not touch. */
    CommittedState.Live<String> live() {
        return live(Optional.empty());
    }

    private CommittedState.Live<String> live(Optional<String> said) {
        return new CommittedState.Live<>(
                id(),
                version,
                locked ? Optional.of(LockReason.INACTIVITY) : Optional.empty(),
                TokenDigest.of(token),
                expiresAt,
                former,
                said,
                lastActivity,
                use,
                heldUntil);
    }

    static CommittedState<String> lock(String name, long version) {
        return lock(name, version, 0);
    }

    /** The lock of a row that had that version before. */
    static CommittedState<String> lock(String name, long version, long previous) {
        return new CommittedState.Locked<>(LedgerFixture.id(name), version, previous, LockReason.INACTIVITY);
    }

    static CommittedState<String> over(String name, long version) {
        return new CommittedState.Over<>(LedgerFixture.id(name), version);
    }
}

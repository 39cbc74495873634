package org.lapse.sessions.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the ledger must do, in the plainest way: a list of sessions, each of which is looked at in every sweep. One
 * thread, milliseconds, no wheel.
 */
final class NaiveLedger {

    static final long NEVER = Long.MAX_VALUE / 4;
    static final long HELD_BY_NOTHING = Long.MIN_VALUE;

    final List<Session> sessions = new ArrayList<>();
    final long[] timeouts;
    final long[] changedAt;

    NaiveLedger(long... timeouts) {
        this.timeouts = timeouts;
        this.changedAt = new long[timeouts.length];
        Arrays.fill(changedAt, Long.MIN_VALUE);
    }

    Session open(int group, long lastActivity, long expiresAt, boolean locked) {
        Session session = new Session(group, lastActivity, expiresAt);
        session.standing = locked ? SessionStatus.LOCKED : SessionStatus.ACTIVE;
        sessions.add(session);
        return session;
    }

    void change(int group, long timeout, long now) {
        sessions.stream().filter(session -> session.group == group).forEach(session -> session.settle(now));
        timeouts[group] = timeout;
        changedAt[group] = now;
    }

    /** The sessions that a sweep has to find. */
    List<Session> due(long now) {
        return sessions.stream()
                .filter(session -> !session.taken && session.isDue(now))
                .toList();
    }

    /** The sessions that a sweep may find: those that are due, and those that were refused when the clock was ahead. */
    List<Session> dueOrRefused(long now) {
        return sessions.stream()
                .filter(session -> !session.taken && (session.isDue(now) || session.isRefused()))
                .toList();
    }

    long locked() {
        return sessions.stream().filter(session -> session.countsAsLocked).count();
    }

    final class Session {
        int group;
        long heldUntil = HELD_BY_NOTHING;
        final long expiresAt;
        long lastActivity;
        long inactiveSince;
        SessionStatus standing = SessionStatus.ACTIVE;
        boolean taken;
        boolean offeredAgain;
        boolean countsAsLocked;

        private Session(int group, long lastActivity, long expiresAt) {
            this.group = group;
            this.lastActivity = lastActivity;
            this.expiresAt = expiresAt;
        }

        long deadline() {
            return switch (standing) {
                case ACTIVE, ENDED -> Math.min(Math.max(lastActivity, heldUntil) + timeouts[group], expiresAt);
                case INACTIVE -> inactiveSince;
                case LOCKED, EXPIRED -> expiresAt;
            };
        }

        boolean isDue(long now) {
            return standing != SessionStatus.ENDED && (offeredAgain || deadline() <= now);
        }

        boolean isRefused() {
            return standing == SessionStatus.INACTIVE || standing == SessionStatus.EXPIRED;
        }

        SessionStatus settle(long now) {
            if (deadline() <= now && (standing == SessionStatus.ACTIVE || standing == SessionStatus.LOCKED)) {
                if (deadline() == expiresAt) {
                    standing = SessionStatus.EXPIRED;
                } else {
                    inactiveSince = Math.min(now, Math.max(deadline(), changedAt[group]));
                    lastActivity = Math.max(lastActivity, heldUntil);
                    heldUntil = HELD_BY_NOTHING;
                    standing = SessionStatus.INACTIVE;
                }
            }
            return standing;
        }

        boolean recordActivity(long now) {
            if (settle(now) != SessionStatus.ACTIVE) {
                return false;
            }
            lastActivity = Math.max(lastActivity, now);
            return true;
        }

        /** Another timeout governs it; where it is the same, nothing happens, and neither to what has ended. */
        void govern(int newGroup, long now) {
            if (standing == SessionStatus.ENDED || newGroup == group) {
                return;
            }
            boolean wasActive = settle(now) == SessionStatus.ACTIVE;
            group = newGroup;
            if (wasActive && settle(now) == SessionStatus.INACTIVE) {
                inactiveSince = now;
            }
        }

        void lock() {
            if (standing != SessionStatus.ACTIVE && standing != SessionStatus.INACTIVE) {
                return;
            }
            standing = SessionStatus.LOCKED;
            heldUntil = HELD_BY_NOTHING;
            taken = false;
            offeredAgain = false;
            countsAsLocked = true;
        }

        /** Its row, which is not locked, knows of that activity and that hold. What is inactive wants a later use. */
        void follow(long activity, long until) {
            if (standing == SessionStatus.INACTIVE && Math.max(activity, until) <= lastActivity) {
                return;
            }
            standing = SessionStatus.ACTIVE;
            lastActivity = Math.max(lastActivity, activity);
            heldUntil = until;
            taken = false;
            offeredAgain = false;
            countsAsLocked = false;
        }

        void end() {
            standing = SessionStatus.ENDED;
            heldUntil = HELD_BY_NOTHING;
            countsAsLocked = false;
        }

        void take() {
            taken = true;
            offeredAgain = false;
        }

        void offerAgain() {
            taken = false;
            offeredAgain = isRefused();
        }
    }
}

package org.lapse.sessions.ledger;

/**
 * What changes of a {@link LiveSession} in one step, as one number: the last activity in milliseconds since the epoch,
 * below it in 13 bits what that activity was, and in the lowest 3 bits a tag that says where the session stands.
 */
final class StatusWord {
    static final int ACTIVE = 0;
    static final int LOCKED = 1;
    static final int INACTIVE = 2;
    static final int EXPIRED = 3;
    static final int EXPIRED_WHILE_LOCKED = 4;
    static final int ENDED = 5;

    /** Active, and not inactive before its hold is over. */
    static final int HELD = 6;

    private static final int TAG_BITS = 3;
    private static final int USE_BITS = 13;
    private static final int MOMENT_SHIFT = TAG_BITS + USE_BITS;
    private static final long TAG_MASK = (1L << TAG_BITS) - 1;

    /** What an activity was is a number below this one. */
    static final int USES = 1 << USE_BITS;

    private StatusWord() {}

    static long of(long moment, int use, int tag) {
        return moment << MOMENT_SHIFT | (long) use << TAG_BITS | tag;
    }

    /** The same with another tag. */
    static long tagged(long word, int tag) {
        return (word & ~TAG_MASK) | tag;
    }

    /** The last activity, in milliseconds since the epoch. */
    static long moment(long word) {
        return word >> MOMENT_SHIFT;
    }

    /** What the last activity was. */
    static int use(long word) {
        return (int) (word >> TAG_BITS) & (USES - 1);
    }

    static int tag(long word) {
        return (int) (word & TAG_MASK);
    }

    /** Whether a session of that tag gives access until its deadline. */
    static boolean isInUse(int tag) {
        return tag == ACTIVE || tag == HELD;
    }

    /** Whether a session of that tag counts as locked. */
    static boolean isLocked(int tag) {
        return tag == LOCKED || tag == EXPIRED_WHILE_LOCKED;
    }

    /** Whether the life of a session of that tag is over. */
    static boolean isExpired(int tag) {
        return tag == EXPIRED || tag == EXPIRED_WHILE_LOCKED;
    }
}

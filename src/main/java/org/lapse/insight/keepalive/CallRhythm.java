package org.lapse.insight.keepalive;

/**
 * When one call came in one session, and whether it comes as a machine's do: at least {@value #STEADY} times in a row
 * after the same time. Those are within two seconds of their mean, or 2 % of long ones, or a fifth of short ones; so a
 * call every 30 s, a second more or less, is among them.
 */
final class CallRhythm {
    private static final int STEADY = 4;
    private static final int FIRMEST = 8;
    private static final int COST_OF_A_MISS = 2;
    private static final long SECOND = 1000;
    private static final long SAME_TICK = 500;
    private static final long NEVER = Long.MIN_VALUE;

    private final int call;
    private long last = NEVER;
    private long tick = NEVER;
    private long interval;
    private int steady;
    private long resets;
    private long keptSince = NEVER;
    private long keptAloneSince = NEVER;

    CallRhythm(int call) {
        this.call = call;
    }

    /** Takes note of a call; answers after how many milliseconds it came, if that is its rhythm, and otherwise 0. */
    long comes(long at) {
        resets++;
        long passed = tick == NEVER ? 0 : at - tick;
        last = Math.max(last, at);
        if (tick != NEVER && passed < SAME_TICK) {
            return 0; // a page asks for several things at once
        }
        tick = at;
        if (interval > 0 && Math.abs(passed - interval) <= tolerance(interval)) {
            steady = Math.min(FIRMEST, steady + 1);
            interval += (passed - interval) / 4;
            return isMachine() ? passed : 0;
        }
        steady = Math.max(0, steady - COST_OF_A_MISS);
        if (steady == 0 && passed > 0) {
            steady = 1;
            interval = passed;
        }
        return 0;
    }

    private static long tolerance(long interval) {
        return interval < 10 * SECOND ? interval / 5 : Math.max(2 * SECOND, interval / 50);
    }

    /** Takes note that it came at another node, which says nothing of the rhythm. */
    void cameElsewhere(long at) {
        last = Math.max(last, at);
    }

    /** Whether it comes after the same time, over and over. */
    boolean isMachine() {
        return steady >= STEADY;
    }

    /** Whether the session would have lapsed without the machines, and this was not said since that moment. */
    boolean keepsSince(long person) {
        boolean isNew = keptSince != person;
        keptSince = person;
        return isNew;
    }

    /** Whether the session would have lapsed without this call alone, and this was not said since that moment. */
    boolean keepsAloneSince(long other) {
        boolean isNew = keptAloneSince != other;
        keptAloneSince = other;
        return isNew;
    }

    int call() {
        return call;
    }

    long last() {
        return last;
    }

    long interval() {
        return interval;
    }

    long resets() {
        return resets;
    }
}

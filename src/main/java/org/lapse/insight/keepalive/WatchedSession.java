package org.lapse.insight.keepalive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one session, {@value #MOST_CALLS} at most: which of them come as a machine's do, and when the session
 * would have lapsed without them. All moments and times are in milliseconds.
 */
final class WatchedSession {
    private static final int MOST_CALLS = 8;

    private final List<CallRhythm> calls = new ArrayList<>(2);

    /** The last use by a person of which no call tells: the first one, a heartbeat, or a call that was left out. */
    private long person;

    private long latest;

    WatchedSession(long since) {
        this.person = since;
        this.latest = since;
    }

    /**
     * Takes note of a use.
     *
     * @param byPerson whether it is a heartbeat, which tells of a person
     * @param timeout how long the session may go unused
     * @param heldUntil the end of open work; 0 where there is none
     */
    Effect used(int call, boolean byPerson, long at, long timeout, long heldUntil) {
        if (at - Math.max(latest, heldUntil) >= timeout) {
            person = at; // it did lapse, and somebody came back
            latest = at;
        }
        CallRhythm rhythm = byPerson ? null : rhythmOf(call);
        long before = personAt();
        List<CallRhythm> kept = new ArrayList<>(0);
        List<CallRhythm> keptAlone = new ArrayList<>(0);
        for (CallRhythm one : calls) {
            long others = Math.max(lastBut(one), heldUntil);
            if ((one == rhythm || one.last() > others) && at - others >= timeout && one.keepsAloneSince(others)) {
                keptAlone.add(one);
            }
        }
        boolean unattended = rhythm != null && rhythm.isMachine() && before <= rhythm.last();
        long interval = rhythm == null ? 0 : rhythm.comes(at);
        long since = rhythm != null && rhythm.isMachine() ? personAt() : before;
        if (at - Math.max(since, heldUntil) >= timeout) {
            calls.stream()
                    .filter(one -> one.isMachine() && one.last() > since && one.keepsSince(since))
                    .forEach(kept::add);
        }
        if (byPerson) {
            person = Math.max(person, at);
        }
        latest = Math.max(latest, at);
        return new Effect(unattended, interval, numbers(kept), numbers(keptAlone));
    }

    /** Takes note of the last use at another node. */
    void usedElsewhere(int call, boolean byPerson, long at) {
        if (at > latest) {
            latest = at;
            calls.stream()
                    .filter(one -> !byPerson && one.call() == call)
                    .findFirst()
                    .ifPresentOrElse(one -> one.cameElsewhere(at), () -> person = Math.max(person, at));
        }
    }

    private CallRhythm rhythmOf(int call) {
        for (CallRhythm one : calls) {
            if (one.call() == call) {
                return one;
            }
        }
        if (calls.size() == MOST_CALLS) {
            CallRhythm oldest = calls.stream()
                    .min(Comparator.comparing(CallRhythm::isMachine).thenComparingLong(CallRhythm::last))
                    .orElseThrow();
            calls.remove(oldest);
            person = oldest.isMachine() ? person : Math.max(person, oldest.last());
        }
        CallRhythm added = new CallRhythm(call);
        calls.add(added);
        return added;
    }

    /** When a person used it last, as far as that can be told: all that no machine did. */
    long personAt() {
        long last = person;
        for (CallRhythm one : calls) {
            if (!one.isMachine()) {
                last = Math.max(last, one.last());
            }
        }
        return last;
    }

    private long lastBut(@Nullable CallRhythm left) {
        long last = person;
        for (CallRhythm one : calls) {
            if (one != left) {
                last = Math.max(last, one.last());
            }
        }
        return last;
    }

    /** Its calls, in no order. */
    List<CallRhythm> calls() {
        return List.copyOf(calls);
    }

    private static List<Integer> numbers(List<CallRhythm> calls) {
        return calls.stream().map(CallRhythm::call).toList();
    }

    /**
     * What one use says.
     *
     * @param unattended whether a machine did it, and no person was there since that machine's use before
     * @param interval after how long it came, where that is its rhythm; otherwise 0
     * @param kept the calls because of which the session lives, which without all machines would have lapsed
     * @param keptAlone the calls without each of which alone the session would have lapsed
     */
    record Effect(boolean unattended, long interval, List<Integer> kept, List<Integer> keptAlone) {}
}

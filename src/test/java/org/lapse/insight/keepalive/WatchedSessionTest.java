package org.lapse.insight.keepalive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which calls of a session a machine makes, and when it would have lapsed without them. Times in milliseconds. */
class WatchedSessionTest {
    private static final int POLL = 5;
    private static final int OTHER_POLL = 6;
    private static final int CLICK = 7;
    private static final int HEARTBEAT = 8;
    private static final long SECOND = 1000;
    private static final long TIMEOUT = 900 * SECOND;

    private final WatchedSession session = new WatchedSession(0);
    private long kept;
    private long keptAlone;
    private long unattended;

    private void use(int call, long seconds) {
        useAt(call, seconds * SECOND, 0);
    }

    private void useAt(int call, long at, long heldUntil) {
        WatchedSession.Effect effect = session.used(call, call == HEARTBEAT, at, TIMEOUT, heldUntil);
        kept += effect.kept().size();
        keptAlone += effect.keptAlone().size();
        unattended += effect.unattended() ? 1 : 0;
    }

    private boolean isMachine(int call) {
        return session.calls().stream().filter(one -> one.call() == call).anyMatch(CallRhythm::isMachine);
    }

    @Test
    void callEveryThirtySecondsGiveOrTakeOneIsAMachines() {
        long[] jitter = {0, 900, -900, 400, -700, 100};
        for (int i = 0; i < jitter.length; i++) {
            useAt(POLL, 30 * SECOND * i + jitter[i] / 2, 0);
        }

        assertThat(isMachine(POLL)).isTrue();
    }

    @Test
    void callsOfAPersonAreNoMachines() {
        for (long at : new long[] {0, 4, 31, 33, 90, 141, 142, 200, 260, 410}) {
            use(CLICK, at);
        }

        assertThat(isMachine(CLICK)).isFalse();
    }

    @Test
    void pageThatAsksForTwoThingsAtOnceIsAMachineToo() {
        for (int i = 0; i < 6; i++) {
            useAt(POLL, 30 * SECOND * i, 0);
            useAt(POLL, 30 * SECOND * i + 120, 0);
        }

        assertThat(isMachine(POLL)).isTrue();
    }

    @Test
    void burstsOfAPageAreNoMachines() {
        for (long at : new long[] {0, 100, 210, 50_000, 50_100, 50_220, 90_000}) {
            useAt(CLICK, at, 0);
        }

        assertThat(isMachine(CLICK)).isFalse();
    }

    @Test
    void sessionWouldHaveLapsedOnceTheTimeoutHasPassedSinceThePerson() {
        use(HEARTBEAT, 0);
        for (long at = 30; at < 900; at += 30) {
            use(POLL, at);
        }
        assertThat(kept).isZero();

        use(POLL, 900);
        assertThat(kept).isEqualTo(1);
        assertThat(keptAlone).isEqualTo(1);
        assertThat(session.personAt()).isZero();

        use(POLL, 930);
        assertThat(kept).as("counts once").isEqualTo(1);
    }

    @Test
    void ofTwoMachinesEachCountsAndNoneAlone() {
        use(HEARTBEAT, 0);
        for (long at = 30; at <= 930; at += 30) {
            use(POLL, at);
            use(OTHER_POLL, at + 10);
        }

        assertThat(kept).isEqualTo(2);
        assertThat(keptAlone).isZero();
    }

    @Test
    void countsOnceMoreAfterSomebodyWasThere() {
        for (long at = 0; at <= 3000; at += 30) {
            if (at == 1500) {
                use(HEARTBEAT, at - 1);
            }
            use(POLL, at);
        }

        assertThat(kept).isEqualTo(2);
    }

    @Test
    void openWorkKeepsItToo() {
        for (long at = 0; at <= 1200; at += 30) {
            useAt(POLL, at * SECOND, 600 * SECOND);
        }

        assertThat(kept).isZero();
    }

    @Test
    void personThatIsThereAttends() {
        for (long at = 0; at <= 300; at += 30) {
            use(POLL, at);
        }
        long alone = unattended;
        for (long at = 330; at <= 600; at += 30) {
            use(HEARTBEAT, at - 5);
            use(POLL, at);
        }

        assertThat(alone).isPositive();
        assertThat(unattended).isEqualTo(alone);
        assertThat(kept).isZero();
    }

    @Test
    void personAtAnotherNodeAttendsToo() {
        for (long at = 0; at <= 600; at += 30) {
            use(POLL, at);
        }
        session.usedElsewhere(CLICK, false, 610 * SECOND);
        for (long at = 630; at <= 1500; at += 30) {
            use(POLL, at);
        }

        assertThat(kept).isZero();
        assertThat(session.personAt()).isEqualTo(610 * SECOND);
    }

    @Test
    void neverKnowsMoreThanEightCalls() {
        for (int call = 20; call < 60; call++) {
            use(call, call);
        }

        assertThat(session.calls()).hasSize(8);
        assertThat(session.personAt()).isEqualTo(59 * SECOND);
    }

    @Test
    void whoComesBackAfterTheLapseBeginsAnew() {
        use(CLICK, 0);
        use(CLICK, 2000);

        assertThat(kept).isZero();
        assertThat(keptAlone).isZero();
        assertThat(session.personAt()).isEqualTo(2000 * SECOND);
    }
}

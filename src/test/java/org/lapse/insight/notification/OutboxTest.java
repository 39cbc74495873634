package org.lapse.insight.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Frames wait in their order, bounded, and nobody waits for the peer. */
class OutboxTest {
    private final Peer peer = new Peer();
    private final Outbox outbox = new Outbox(peer, peer);

    @Test
    void framesGoOneAfterTheOtherInTheirOrder() {
        outbox.offer("1");
        outbox.offer("2");
        peer.work();
        assertThat(peer.underWay).containsExactly("1");

        peer.receive();
        outbox.offer("3");
        peer.receive();
        peer.receive();

        assertThat(peer.received).containsExactly("1", "2", "3");
        assertThat(peer.underWay).isEmpty();
    }

    @Test
    void nothingIsSentByTheThreadThatOffers() {
        outbox.offer("1");

        assertThat(peer.underWay).isEmpty();
    }

    @Test
    void moreThanTheMostIsRefused() {
        outbox.offer("under way");
        peer.work();
        for (int i = 0; i < Outbox.LONGEST; i++) {
            assertThat(outbox.offer("frame")).isTrue();
        }

        assertThat(outbox.offer("one more")).isFalse();
    }

    @Test
    void itClosesOnceTheLastFramesAreSentAndTakesNoOthers() {
        outbox.offer("1");
        assertThat(outbox.finish(List.of("last"), Closing.CHANNEL_EVICTED)).isTrue();
        outbox.offer("too late");
        assertThat(outbox.finish(List.of("again"), Closing.SHUTDOWN)).isFalse();
        peer.work();
        peer.receive();
        assertThat(peer.closed).isEmpty();
        peer.receive();

        assertThat(peer.received).containsExactly("1", "last");
        assertThat(peer.closed).containsExactly(Closing.CHANNEL_EVICTED);
    }

    @Test
    void abandonedItClosesAtOnceAndOnce() {
        outbox.offer("1");
        outbox.offer("2");
        peer.work();

        assertThat(outbox.abandon(Closing.TOO_SLOW)).isTrue();
        assertThat(outbox.abandon(Closing.TOO_SLOW)).isFalse();
        peer.work();
        peer.receive();

        assertThat(peer.received).containsExactly("1");
        assertThat(peer.underWay).isEmpty();
        assertThat(peer.closed).containsExactly(Closing.TOO_SLOW);
    }

    @Test
    void whoReceivesNothingBetweenTwoLooksIsStalled() {
        outbox.offer("1");
        peer.work();

        assertThat(outbox.isStalled()).isFalse();
        assertThat(outbox.isStalled()).isTrue();
        peer.receive();
        assertThat(outbox.isStalled()).isFalse();
        assertThat(outbox.isStalled()).as("nothing waits").isFalse();
    }

    @Test
    void afterAFrameThatDidNotGoNothingMoreIsTried() {
        outbox.offer("1");
        outbox.offer("2");
        peer.work();

        peer.fail();

        assertThat(peer.underWay).isEmpty();
    }

    /** A peer that receives when the test says so; what is to be done waits until then. */
    private static final class Peer implements Outbox.Wire, Executor {
        private final Queue<Runnable> toDo = new ArrayDeque<>();
        private final Queue<String> underWay = new ArrayDeque<>();
        private final Queue<Consumer<Boolean>> outcomes = new ArrayDeque<>();
        private final List<String> received = new ArrayList<>();
        private final List<Closing> closed = new ArrayList<>();

        @Override
        public void execute(Runnable work) {
            toDo.add(work);
        }

        @Override
        public void send(String frame, Consumer<Boolean> went) {
            underWay.add(frame);
            outcomes.add(went);
        }

        @Override
        public void close(Closing why) {
            closed.add(why);
        }

        void work() {
            while (!toDo.isEmpty()) {
                toDo.remove().run();
            }
        }

        void receive() {
            received.add(underWay.remove());
            outcomes.remove().accept(true);
            work();
        }

        void fail() {
            underWay.remove();
            outcomes.remove().accept(false);
            work();
        }
    }
}

package org.lapse.insight.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Sessions;

/** Two nodes share the work, and none does what the other does. */
@OnTwoNodes
class DeliveriesOfTwoNodesTest {
    private static final int COUNT = 25;

    private final TwoNodes nodes;

    DeliveriesOfTwoNodesTest(TwoNodes nodes) {
        this.nodes = nodes;
    }

    @Test
    void nothingIsSentByBoth() {
        try (LogoutReceiver receiver = new LogoutReceiver()) {
            Desk desk = Desk.at(nodes.a(), receiver.address());
            var ended = desk.open(COUNT);
            nodes.catchUp();

            nodes.a().get(Sessions.class).end(ended, EndReason.FORCED);
            CompletableFuture.allOf(Stream.of(nodes.a(), nodes.b())
                            .map(node -> CompletableFuture.runAsync(
                                    () -> node.get(Dispatch.class).look()))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();

            await().atMost(Duration.ofSeconds(20)).until(() -> desk.status().waiting() == 0);
            assertThat(receiver.tokens()).hasSize(COUNT);
            assertThat(new HashSet<>(receiver.claims("jti"))).hasSize(COUNT);
        }
    }

    @Test
    void endOnTheOtherNodeIsHeardAsSoonAsThatKnowsTheAddress() {
        try (LogoutReceiver receiver = new LogoutReceiver()) {
            Desk desk = Desk.at(nodes.a(), receiver.address());
            var session = desk.open();
            nodes.catchUp();

            nodes.b().get(Sessions.class).end(session, EndReason.SIGNED_OUT);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> receiver.tokens().size() == 1);
        }
    }
}

package org.lapse.insight.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.TwoNodes;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Sessions;

/** Two nodes share the work, and none does what the other does. */
@OnTwoNodes(configuration = {"lapse.limit.sessions-of-user=2000", "lapse.limit.sessions-of-user-in-application=2000"})
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
            List<UUID> ended = desk.open(COUNT);

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

    /** One is killed between the commit and the first call: the other one sends all of it. */
    @Test
    void thousandEndsOfANodeThatIsKilledAreHeardOnceEach() {
        try (LogoutReceiver receiver = new LogoutReceiver()) {
            Desk desk = Desk.at(nodes.a(), receiver.address());
            List<UUID> ended = desk.open(1000);
            nodes.a().inTransaction(() -> {
                nodes.a().get(Sessions.class).end(ended, EndReason.FORCED);
                desk.takeAll();
            });
            nodes.b().get(Dispatch.class).look();
            assertThat(receiver.tokens()).isEmpty();

            nodes.b().clock().putForward(Dispatch.TAKEN_FOR.plusSeconds(1));
            nodes.b().get(Dispatch.class).look();

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(new HashSet<>(receiver.claims("sid")))
                    .hasSize(1000)
                    .containsAll(ended.stream().map(UUID::toString).toList()));
            await().atMost(Duration.ofSeconds(20)).until(() -> desk.status().waiting() == 0);
            assertThat(receiver.tokens()).hasSize(1000);
        }
    }

    @Test
    void endOnTheOtherNodeIsHeardToo() {
        try (LogoutReceiver receiver = new LogoutReceiver()) {
            Desk desk = Desk.at(nodes.a(), receiver.address());
            UUID session = desk.open();

            nodes.b().get(Sessions.class).end(session, EndReason.SIGNED_OUT);

            await().atMost(Duration.ofSeconds(20)).until(() -> receiver.tokens().size() == 1);
        }
    }
}

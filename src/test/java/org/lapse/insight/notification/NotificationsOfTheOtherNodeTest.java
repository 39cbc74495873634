package org.lapse.insight.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.middle.TwoNodes;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.NewSession;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/** A channel that is made on one node works at the other, and hears there what happens on the first. */
@OnTwoNodes
class NotificationsOfTheOtherNodeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TwoNodes nodes;
    private final LapseInJavaSE a;
    private final LapseInJavaSE b;
    private final User alice;

    private UUID session = UUID.randomUUID();
    private Caller caller = new Caller(session, "", null, "", Set.of(), "");
    private Channels.Opened opened = new Channels.Opened(
            new Channel(caller, session, TokenDigest.of(""), Duration.ofHours(1), Instant.EPOCH), "");
    private Peer peer = new Peer();

    NotificationsOfTheOtherNodeTest(TwoNodes nodes) {
        this.nodes = nodes;
        this.a = nodes.a();
        this.b = nodes.b();
        UUID demo =
                a.get(Organizations.class).findByDomain("demo").orElseThrow().id();
        this.alice =
                a.get(Users.class).findByUsername(demo, "alice@demo.example").orElseThrow();
    }

    @BeforeEach
    void connectToB() {
        session = open(a);
        caller = new Caller(
                alice.organizationId(), "demo-desk", alice.id(), alice.username(), Set.of(), session.toString());
        opened = a.get(Channels.class).open(caller, session, a.clock().now());
        subscribe(TopicKind.TOKENS);
        peer = connect(b);
        nodes.catchUp();
    }

    @Test
    void tokenThatIsGivenOnOneNodeAndTheEndOfItsSessionAreHeardOnceAtTheOther() {
        UUID other = open(a);
        nodes.catchUp();
        a.get(Sessions.class).end(other, EndReason.FORCED);
        nodes.catchUp();
        nodes.catchUp();

        assertHeard(other, "dateCreated", "FORCED");
    }

    @Test
    void whatComesAndGoesBetweenTwoLooksIsHeardInOrder() {
        UUID other = open(a);
        a.get(Sessions.class).end(other, EndReason.FORCED);
        nodes.catchUp();

        assertHeard(other, "dateCreated", "FORCED");
    }

    @Test
    void whatHappensOnTheNodeOfTheSocketIsHeardOnceThoughTheNodeReadsItFirst() throws SQLException {
        UUID other = UUID.randomUUID();
        try (Strands strands = b.strands()) {
            Strand opening = strands.of("opening", () -> open(b, other));
            opening.goOnTo(Strand.Place.AFTER_COMMIT);
            nodes.catchUp();
            opening.finish();
        }
        b.get(Sessions.class).end(other, EndReason.FORCED);

        assertHeard(other, "dateCreated", "FORCED");
    }

    private void assertHeard(UUID other, String... parts) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(peer.framesAbout(other)).hasSize(parts.length));
        assertThat(peer.framesAbout(other))
                .zipSatisfy(List.of(parts), (frame, part) -> assertThat(frame).contains(part));
    }

    @Test
    void socketIsClosedWithTheReasonForWhichItsSessionEndedOnTheOtherNode() {
        a.get(Sessions.class).end(session, EndReason.FORCED);
        nodes.catchUp();

        assertClosed(Closing.SESSION_ENDED);
        assertThat(peer.frames).anyMatch(frame -> frame.contains("forced"));
    }

    @Test
    void topicsThatAreTakenAwayOnOneNodeAreHeardNoLongerAtTheOther() {
        a.get(Channels.class)
                .replace(
                        caller,
                        session,
                        opened.channel().id(),
                        Set.of(),
                        a.clock().now());
        nodes.catchUp();
        open(b);

        assertThat(b.get(Sockets.class).isEmpty()).isFalse();
        assertThat(socket().topics()).isEmpty();
    }

    @Test
    void socketIsReplacedByOneAtTheOtherNode() {
        Peer later = connect(a);
        nodes.catchUp();

        assertClosed(Closing.REPLACED);
        assertThat(later.closed).isEmpty();
    }

    @Test
    void channelThatMakesRoomOnOneNodeLosesItsSocketAtTheOther() {
        for (int i = 0; i < a.get(Limits.class).most(Limited.CHANNELS); i++) {
            a.clock().putForward(Duration.ofMillis(1));
            a.get(Channels.class).open(caller, session, a.clock().now());
        }
        nodes.catchUp();

        assertClosed(Closing.CHANNEL_EVICTED);
    }

    private void assertClosed(Closing why) {
        await().atMost(SOON).untilAsserted(() -> assertThat(peer.closed).containsExactly(why));
    }

    private ChannelSocket socket() {
        return peer.socket.get(0);
    }

    private void subscribe(TopicKind kind) {
        a.get(Channels.class)
                .add(
                        caller,
                        session,
                        opened.channel().id(),
                        Set.of(new Topic(alice.id(), kind)),
                        a.clock().now());
    }

    /** Connects as the endpoint does. */
    private Peer connect(LapseInJavaSE node) {
        Peer connected = new Peer();
        Channel channel = node.get(Channels.class)
                .connect(opened.key(), node.clock().now())
                .orElseThrow();
        Sockets sockets = node.get(Sockets.class);
        ChannelSocket socket = sockets.connect(
                channel,
                node.get(Admission.class).findOrRead(channel.sessionId()).orElseThrow(),
                connected);
        sockets.subscribe(socket, Notice.Subscribed.of(channel));
        connected.socket.add(socket);
        return connected;
    }

    private UUID open(LapseInJavaSE node) {
        return open(node, UUID.randomUUID());
    }

    private UUID open(LapseInJavaSE node, UUID id) {
        Instant now = node.clock().now();
        Instant expiry = now.plus(Duration.ofHours(8));
        SessionPrincipal principal = new SessionPrincipal(
                alice.organizationId(),
                "demo-desk",
                alice.id(),
                alice.username(),
                new Entitlements(Set.of(), Set.of()),
                "");
        node.get(Sessions.class)
                .openIfAdmitted(
                        new NewSession(id, principal, null, now, TokenDigest.of(id.toString()), expiry, expiry));
        return id;
    }

    /** Who listens. */
    private static final class Peer implements Outbox.Wire {
        private final List<ChannelSocket> socket = new CopyOnWriteArrayList<>();
        private final List<String> frames = new CopyOnWriteArrayList<>();
        private final List<Closing> closed = new CopyOnWriteArrayList<>();

        @Override
        public void send(String frame, Consumer<Boolean> went) {
            frames.add(frame);
            went.accept(true);
        }

        @Override
        public void close(Closing why) {
            closed.add(why);
        }

        List<String> framesAbout(UUID session) {
            return frames.stream()
                    .filter(frame -> frame.contains(session.toString()))
                    .toList();
        }
    }
}

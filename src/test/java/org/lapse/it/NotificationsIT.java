package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who listens hears of what happens once it has happened, as long as they may. */
@OnServer
class NotificationsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REVOKED = "v2.system.token_revoked";
    private static final String CLOSING = "v2.system.socket_closing";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @AfterEach
    void restore() {
        administrator.restore();
    }

    private static String topic(TokenHolder user, String kind) {
        return topic(user.userId(), kind);
    }

    private static String topic(String userId, String kind) {
        return "v2.users." + userId + "." + kind;
    }

    private static void assertRefused(int status, ThrowingCallable handshake) {
        assertThatThrownBy(handshake)
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refusal -> assertThat(
                                refusal.getResponse().statusCode())
                        .isEqualTo(status));
    }

    @Test
    void presenceAndRoutingStatusArriveInTheVendorsEnvelopeAndInOrder() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        TokenHolder bob = lapse.signIn("bob@demo.example");
        Presences.choose(alice, "Busy").expect(200);
        Channel channel = Channel.openedBy(bob);
        String presence = topic(alice, "presence");
        String routingStatus = topic(alice, "routingStatus");
        String activity = topic(alice, "activity");
        assertThat(channel.subscribe(bob, presence, routingStatus, activity))
                .allSatisfy(one -> assertThat(one.required("state").asText()).isEqualTo("Permitted"));
        Listener listener = channel.connect();

        alice.call(
                        "PATCH",
                        Presences.path(alice),
                        "{\"presenceDefinition\":{\"id\":\"e08eaf1b-ee47-4fa9-a231-1200e284798f\"},\"message\":\"desk 7\"}")
                .expect(200);
        Presences.route(alice, "OFF_QUEUE").expect(200);
        alice.call("PATCH", Presences.path(alice), "{\"message\":\"\"}").expect(200);

        await().atMost(PATIENCE).until(() -> listener.bodies(activity).size() == 3);
        assertThat(listener.topics())
                .containsExactly(
                        presence, routingStatus, activity, presence, routingStatus, activity, presence, activity);
        JsonNode shown = listener.first(presence);
        JsonNode read = alice.get(Presences.path(alice)).json();
        assertThat(shown.at("/presenceDefinition/systemPresence").asText()).isEqualTo("On Queue");
        assertThat(shown.required("source").asText()).isEqualTo("PURECLOUD");
        assertThat(shown.required("primary").asBoolean()).isTrue();
        assertThat(shown.required("message").asText()).isEqualTo("desk 7");
        assertThat(listener.bodies(presence).get(2).required("modifiedDate")).isEqualTo(read.required("modifiedDate"));
        JsonNode status = listener.first(routingStatus);
        assertThat(status.required("id").asText()).isEqualTo(alice.userId());
        assertThat(status.at("/routingStatus/status").asText()).isEqualTo("IDLE");
        assertThat(listener.bodies(activity)
                        .get(1)
                        .at("/presence/presenceDefinition/systemPresence")
                        .asText())
                .isEqualTo("Available");
        assertThat(listener.heard()).allSatisfy(frame -> {
            assertThat(frame.required("version").asText()).isEqualTo("2");
            assertThat(frame.at("/metadata/correlationId").asText()).isNotBlank();
        });
        listener.leave();
    }

    @Test
    void heartbeatsComeAndPingsAreAnsweredAndNeitherIsActivity() {
        administrator.setTimeout(Duration.ofMinutes(10));
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Listener listener = Channel.openedBy(alice).connect();
        Instant deadline = alice.deadline();

        listener.say("{\"message\":\"ping\"}");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(listener.bodies("channel.metadata"))
                .extracting(body -> body.required("message").asText())
                .contains("pong", "WebSocket Heartbeat"));
        assertThat(alice.deadline()).isEqualTo(deadline);
        listener.leave();
    }

    @Test
    void lapseIsToldAndClosesTheSocket() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Channel channel = Channel.openedBy(alice);
        channel.subscribe(alice, topic(alice, "presence"), topic(alice, "tokens"));
        Listener listener = channel.connect();

        administrator.setTimeout(TIMEOUT);
        lapse.letPass(TIMEOUT);

        assertThat(listener.closed()).isEqualTo("4401 session_ended");
        assertThat(listener.topics()).endsWith(REVOKED, CLOSING);
        JsonNode revoked = listener.first(REVOKED);
        assertThat(revoked.required("channelId").asText()).isEqualTo(channel.id());
        assertThat(revoked.required("systemTopicType").asText()).isEqualTo("token_revoked");
        assertThat(revoked.required("reason").asText()).isEqualTo("inactivity");
        assertThat(revoked.required("userId").asText()).isEqualTo(alice.userId());
        assertThat(revoked.required("oauthClientId").asText()).isEqualTo(DemoDesk.ID);
        assertThat(revoked.required("organizationId").asText()).isNotBlank();
        assertThat(revoked.required("correlationId").asText()).isNotBlank();
        assertThat(revoked.required("message").asText()).isEqualTo("The session has ended.");
        assertThat(revoked.at("/data/sessionId").asText()).isEqualTo(alice.sessionId());
        assertThat(listener.first(CLOSING).at("/data/closeCode").asInt()).isEqualTo(4401);
        assertRefused(401, channel::connect);
    }

    @Test
    void lockIsToldAndAfterTheReloginTheSameChannelIsThere() {
        administrator.setDeskOption("on-inactivity", "lock");
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Channel channel = Channel.openedBy(alice);
        channel.subscribe(alice, topic(alice, "presence"));
        Listener listener = channel.connect();

        administrator.setTimeout(TIMEOUT);
        lapse.letPass(TIMEOUT);

        assertThat(listener.closed()).isEqualTo("4423 session_locked");
        assertThat(listener.first(REVOKED).required("reason").asText()).isEqualTo("locked");
        assertRefused(401, channel::connect);
        administrator.clearTimeout();
        alice.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);
        Listener again = channel.connect();
        Presences.choose(alice, "Meal").expect(200);
        Presences.choose(alice, "Break").expect(200);
        again.first(topic(alice, "presence"));
        again.leave();
    }

    @Test
    void signOutAndForcedLogoutCloseTheSocketsOfThatSessionAlone() {
        TokenHolder service = lapse.service();
        TokenHolder bob = lapse.signIn("bob@demo.example");
        Listener ofService = Channel.openedBy(service).connect();
        Listener ofBob = Channel.openedBy(bob).connect();

        service.delete("/api/v2/tokens/me").expect(200);
        assertThat(ofService.closed()).isEqualTo("4401 session_ended");
        assertThat(ofService.first(REVOKED).required("reason").asText()).isEqualTo("signed_out");
        assertThat(ofService.first(REVOKED).has("userId")).isFalse();
        assertThat(ofBob.isOpen()).isTrue();

        administrator.endSessionsOf(bob.userId());
        assertThat(ofBob.closed()).isEqualTo("4401 session_ended");
        assertThat(ofBob.first(REVOKED).required("reason").asText()).isEqualTo("forced");
    }

    @Test
    void twentyFirstChannelEvictsTheOneThatWasUsedLongestAgo() {
        TokenHolder user = administrator.userWho();
        Channel used = Channel.openedBy(user);
        Channel oldest = Channel.openedBy(user);
        Listener listener = oldest.connect();
        user.call("HEAD", used.path(), null).expect(200);
        List<Channel> others =
                IntStream.range(0, 18).mapToObj(i -> Channel.openedBy(user)).toList();
        assertThat(Channel.entities(user.get(Channel.PATH))).hasSize(20);
        assertThat(listener.isOpen()).isTrue();

        Channel another = Channel.openedBy(user);

        assertThat(listener.closed()).isEqualTo("4410 channel_evicted");
        assertThat(listener.topics()).containsExactly(CLOSING);
        assertThat(user.call("HEAD", oldest.path(), null)).hasStatus(404);
        assertRefused(404, oldest::connect);
        List<Channel> left = new ArrayList<>(others);
        left.addAll(List.of(used, another));
        assertThat(Channel.entities(user.get(Channel.PATH)))
                .extracting(one -> one.required("id").asText())
                .containsExactlyInAnyOrderElementsOf(
                        left.stream().map(Channel::id).toList());
    }

    @Test
    void whatIsNoTopicOrNobodysOrNotPermittedIsRejected() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        String bob = administrator.idOf("bob@demo.example");
        TokenHolder carol = DemoDesk.ofDemoTwo(lapse).signIn("carol@two.example");
        Channel channel = Channel.openedBy(alice);

        List<JsonNode> answers = channel.subscribe(
                alice,
                topic(alice, "tokens"),
                topic(bob, "presence"),
                topic(bob, "tokens"),
                topic(carol, "presence"),
                "v2.users." + UUID.randomUUID() + ".presence",
                topic(bob, "conversations"),
                "v2.system.token_revoked",
                "' or 1=1");

        assertThat(answers)
                .extracting(one -> one.required("state").asText())
                .containsExactly(
                        "Permitted",
                        "Permitted",
                        "Rejected",
                        "Rejected",
                        "Rejected",
                        "Rejected",
                        "Rejected",
                        "Rejected");
        assertThat(answers.get(2).required("missingPermissions").get(0).asText())
                .isEqualTo("audits:audit:view");
        assertThat(answers.get(3).required("rejectionReason"))
                .isEqualTo(answers.get(4).required("rejectionReason"));
        assertThat(answers.subList(2, 8))
                .allSatisfy(one ->
                        assertThat(one.required("rejectionReason").asText()).isNotBlank());
        assertThat(channel.subscriptions(alice))
                .extracting(one -> one.required("id").asText())
                .containsExactlyInAnyOrder(topic(alice, "tokens"), topic(bob, "presence"));
        assertThat(Channel.entities(alice.post(channel.subscriptions(), Channel.topics(topic(bob, "activity")))))
                .hasSize(1);
        assertThat(channel.subscriptions(alice)).hasSize(3);
        alice.delete(channel.subscriptions()).expect(200);
        assertThat(channel.subscriptions(alice)).isEmpty();
    }

    @Test
    void permissionThatIsTakenAwayStopsTheDelivery() {
        TokenHolder bob = lapse.signIn("bob@demo.example");
        TokenHolder auditor = administrator.userWho("audits:audit:view");
        Channel channel = Channel.openedBy(auditor);
        channel.subscribe(auditor, topic(bob, "tokens"), topic(bob, "presence"));
        Listener listener = channel.connect();
        TokenHolder another = lapse.signIn("bob@demo.example");
        JsonNode given = listener.first(topic(bob, "tokens"));
        assertThat(given.at("/user/id").asText()).isEqualTo(bob.userId());
        assertThat(given.required("sessionId").asText()).isEqualTo(another.sessionId());
        another.delete("/api/v2/tokens/me").expect(200);
        await().atMost(PATIENCE)
                .until(() -> listener.bodies(topic(bob, "tokens")).size() == 2);
        assertThat(listener.bodies(topic(bob, "tokens"))
                        .get(1)
                        .required("endReason")
                        .asText())
                .isEqualTo("SIGNED_OUT");

        lapse.service()
                .put("/api/v2/users/" + auditor.userId() + "/roles", "[]")
                .expect(200);

        lapse.signIn("bob@demo.example").delete("/api/v2/tokens/me").expect(200);
        Presences.choose(bob, "Meal").expect(200);
        Presences.choose(bob, "Break").expect(200);
        listener.first(topic(bob, "presence"));
        assertThat(listener.bodies(topic(bob, "tokens"))).hasSize(2);
        assertThat(channel.subscriptions(auditor))
                .extracting(one -> one.required("state").asText())
                .containsExactlyInAnyOrder("Permitted", "Rejected");
        listener.leave();
    }

    @Test
    void channelBelongsToTheUserInThatApplication() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Channel channel = Channel.openedBy(alice);

        for (TokenHolder other : List.of(
                lapse.signIn("bob@demo.example"),
                lapse.service(),
                DemoDesk.ofDemoTwo(lapse).signIn("carol@two.example"))) {
            assertThat(other.get(channel.subscriptions())).isRefused(404, "not.found");
            assertThat(other.put(channel.subscriptions(), "[]")).isRefused(404, "not.found");
            assertThat(other.post(channel.subscriptions(), "[]")).isRefused(404, "not.found");
            assertThat(other.delete(channel.subscriptions())).isRefused(404, "not.found");
        }
        TokenHolder again = lapse.signIn("alice@demo.example");
        assertThat(Channel.entities(again.get(Channel.PATH + "?includechannels=oauthclient")))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.has("id")).isFalse());
        assertThat(again.get(channel.subscriptions())).hasStatus(200);
        assertThat(Channel.entities(again.get(Channel.PATH)))
                .extracting(one -> one.required("id").asText())
                .containsExactly(channel.id());
    }

    @Test
    void channelLivesByTheSessionThatUsedItLast() {
        TokenHolder first = lapse.signIn("alice@demo.example");
        Channel channel = Channel.openedBy(first);
        Listener listener = channel.connect();
        TokenHolder second = lapse.signIn("alice@demo.example");
        channel.subscribe(second, topic(second, "presence"));

        first.delete("/api/v2/tokens/me").expect(200);
        Presences.choose(second, "Meal").expect(200);
        Presences.choose(second, "Break").expect(200);
        listener.first(topic(second, "presence"));

        second.delete("/api/v2/tokens/me").expect(200);
        assertThat(listener.closed()).isEqualTo("4401 session_ended");
    }

    @Test
    void onlyTheKeyOpensASocketAndInABrowserOnlyARegisteredPage() {
        Channel channel = Channel.openedBy(lapse.signIn("alice@demo.example"));
        String uri = channel.connectUri().toString();
        assertThat(uri)
                .startsWith(lapse.url("/notifications/").toString().replace("http:", "ws:"))
                .doesNotContain(channel.id());

        assertRefused(404, () -> Listener.connectedTo(URI.create(uri.substring(0, uri.length() - 43) + channel.id())));
        assertRefused(
                404,
                () -> Listener.connectedTo(
                        URI.create(uri.substring(0, uri.length() - 1) + (uri.endsWith("A") ? "B" : "A"))));
        assertRefused(403, () -> Listener.connectedTo(channel.connectUri(), "https://evil.example"));
        assertRefused(403, () -> Listener.connectedTo(channel.connectUri(), "null"));

        Listener page = Listener.connectedTo(channel.connectUri(), lapse.url().toString());
        page.say("{\"message\":\"ping\"}");
        page.first("channel.metadata");
        Listener another = channel.connect();
        assertThat(page.closed()).isEqualTo("4409 replaced");
        assertThat(another.isOpen()).isTrue();
        another.leave();
    }

    @Test
    void whatMeansNothingClosesTheSocket() {
        Channel channel = Channel.openedBy(lapse.signIn("alice@demo.example"));

        Listener talkative = channel.connect();
        talkative.say("{\"message\":\"subscribe\"}");
        assertThat(talkative.closed()).isEqualTo("1008 not_understood");

        Listener binary = channel.connect();
        binary.sayInBytes("ping");
        assertThat(binary.closed()).isEqualTo("1003 not_text");

        Listener loud = channel.connect();
        loud.say("{\"message\":\"" + "ping".repeat(1000) + "\"}");
        assertThat(loud.closed()).startsWith("1009 ");
    }

    @Test
    void channelHasAThousandTopicsAtMost() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Channel channel = Channel.openedBy(alice);
        String[] many = IntStream.range(0, 1001).mapToObj(i -> "t" + i).toArray(String[]::new);

        assertThat(alice.put(channel.subscriptions(), Channel.topics(many))).isRefused(400, "invalid.value");
        assertThat(alice.put(channel.subscriptions(), "[{}]")).isRefused(400, "invalid.value");
        assertThat(alice.put(channel.subscriptions(), "")).hasStatus(400);
    }
}

package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Presence and routing status, as the vendor's clients set them, and what becomes of them when sessions end. */
@OnServer
@OnEveryCombination
class PresenceIT {
    private static final String TOKEN = "/api/v2/tokens/me";

    private static TokenHolder alice;
    private static TokenHolder bob;

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final Browser browser = new Browser(lapse);

    @BeforeAll
    static void signIn() {
        alice = LapseSystem.ofSuite().signIn("alice@demo.example");
        bob = LapseSystem.ofSuite().signIn("bob@demo.example");
    }

    /** Bob with no session but this one. */
    private TokenHolder bobOnlyHere() {
        administrator.endSessionsOf(bob.userId());
        bob = new DemoDesk(lapse, browser).signIn("bob@demo.example");
        return bob;
    }

    /** Bob in another window of the same browser, which asks for no password. */
    private TokenHolder bobOnceMore() {
        DemoDesk window = new DemoDesk(lapse, browser);
        return window.comeBack(window.authorize());
    }

    @Test
    void whoGoesOnQueueIsIdleAndWhoLeavesItIsOffQueue() {
        Presences.choose(alice, "Available").expect(200);

        JsonNode onQueue = Presences.choose(alice, "On Queue").expect(200).json();

        assertThat(onQueue.required("id").asText()).isEqualTo(alice.userId());
        assertThat(onQueue.required("source").asText()).isEqualTo("PURECLOUD");
        assertThat(onQueue.required("presenceDefinition")
                        .required("systemPresence")
                        .asText())
                .isEqualTo("On Queue");
        assertThat(Presences.of(alice)).isEqualTo("On Queue, IDLE");

        Presences.choose(alice, "Meal").expect(200);
        assertThat(Presences.of(alice)).isEqualTo("Meal, OFF_QUEUE");

        Presences.route(alice, "IDLE").expect(200);
        assertThat(Presences.of(alice)).isEqualTo("On Queue, IDLE");
    }

    @Test
    void wholeObjectThatWasReadMayBeSentBackWithAMessage() {
        String path = Presences.path(alice);
        ObjectNode read = (ObjectNode) alice.get(path).expect(200).json();

        alice.call("PATCH", path, read.put("message", "back at two").toString()).expect(200);

        assertThat(alice.get(path).json().required("message").asText()).isEqualTo("back at two");
        alice.call("PATCH", "/api/v2/users/" + alice.userId() + "/presences/PURECLOUD", "{\"message\":\"\"}")
                .expect(200);
        assertThat(alice.get(path).json().has("message")).isFalse();
        assertThat(alice.get("/api/v2/users/" + alice.userId() + "/presences/teams"))
                .isRefused(404, "not.found");
    }

    @Test
    void openWorkIsForTheRouterToSay() {
        assertThat(Presences.route(alice, "INTERACTING")).isRefused(403, "missing.permissions");

        lapse.service()
                .put("/api/v2/users/" + alice.userId() + "/routingstatus", "{\"status\":\"INTERACTING\"}")
                .expect(200);

        assertThat(Presences.of(alice)).isEqualTo("On Queue, INTERACTING");
        Presences.choose(alice, "Available").expect(200);
        List<String> actions = administrator.auditsOf(alice.userId()).stream()
                .map(row -> row.required("action").asText())
                .toList();
        assertThat(actions).startsWith("hold.end");
        assertThat(actions.subList(1, 3))
                .as("of one transaction")
                .containsExactlyInAnyOrder("hold.open", "routingstatus.update");
    }

    @Test
    void whoHasAnInteractionIsHeldUntilItIsOver() {
        String status = "/api/v2/users/" + alice.userId() + "/routingstatus";

        lapse.service().put(status, "{\"status\":\"COMMUNICATING\"}").expect(200);
        assertThat(alice.look().json().has("heldUntil")).isTrue();

        lapse.service().put(status, "{\"status\":\"IDLE\"}").expect(200);
        assertThat(alice.look().json().has("heldUntil")).isFalse();
    }

    @Test
    void othersAreSeenByEverybodyAndChangedWithThePermission() {
        String path = Presences.path(alice);
        bob.get(path).expect(200);

        assertThat(bob.call("PATCH", path, "{\"message\":\"x\"}")).isRefused(403, "missing.permissions");
        assertThat(bob.put("/api/v2/users/" + alice.userId() + "/routingstatus", "{\"status\":\"OFF_QUEUE\"}"))
                .isRefused(403, "missing.permissions");
        lapse.service().call("PATCH", path, Presences.definition("Break")).expect(200);

        assertThat(Presences.of(alice)).isEqualTo("Break, OFF_QUEUE");
        JsonNode record = administrator.auditsOf(alice.userId()).get(0);
        assertThat(record.required("action").asText()).isEqualTo("presence.update");
        assertThat(record.toString()).contains("Break");
    }

    @Test
    void usersOfNobodysAreNotFound() {
        TokenHolder service = lapse.service();
        String nobody = "/api/v2/users/" + UUID.randomUUID();

        assertThat(service.get(nobody + "/presences/purecloud")).isRefused(404, "not.found");
        assertThat(service.call("PATCH", nobody + "/presences/purecloud", "{}")).isRefused(404, "not.found");
        assertThat(service.get(nobody + "/routingstatus")).isRefused(404, "not.found");
        assertThat(service.put(nobody + "/routingstatus", "{\"status\":\"IDLE\"}"))
                .isRefused(404, "not.found");
    }

    @Test
    void whatIsNoPresenceAndNoStatusIsRefused() {
        assertThat(alice.call("PATCH", Presences.path(alice), "{\"presenceDefinition\":{\"id\":\"Available\"}}"))
                .isRefused(400, "invalid.value")
                .namesField("presenceDefinition.id");
        assertThat(alice.call("PATCH", Presences.path(alice), "{\"presenceDefinition\":{}}"))
                .isRefused(400, "invalid.value")
                .namesField("presenceDefinition.id");
        assertThat(Presences.route(alice, "ON_QUEUE"))
                .isRefused(400, "invalid.value")
                .namesField("status");
    }

    @Test
    void systemPresencesAreListedWithTheirDefinitions() {
        JsonNode listing = alice.get("/api/v2/presence/definitions").expect(200).json();

        assertThat(listing.required("total").asInt()).isEqualTo(7);
        assertThat(alice.get("/api/v2/systempresences").expect(200).json()).hasSize(7);
        JsonNode first = listing.required("entities").get(0);
        assertThat(alice.get(first.required("selfUri").asText()).expect(200).json())
                .isEqualTo(first);
        assertThat(alice.get("/api/v2/presence/definitions/invented")).isRefused(404, "not.found");
    }

    @Test
    void presenceStaysWhileASessionIsLeftAndGoesWithTheLast() {
        TokenHolder here = bobOnlyHere();
        TokenHolder other = bobOnceMore();
        Presences.choose(here, "On Queue").expect(200);

        other.delete(TOKEN).expect(200);
        assertThat(Presences.of(here)).isEqualTo("On Queue, IDLE");

        administrator.endSessionsOf(here.userId());
        assertThat(Presences.of(here)).isEqualTo("Offline, OFF_QUEUE");
    }

    @Test
    void presenceGoesWhenTheLastSessionsEndAtOnce() {
        List<TokenHolder> sessions = List.of(bobOnlyHere(), bobOnceMore(), bobOnceMore(), bobOnceMore());
        Presences.choose(sessions.get(0), "Busy").expect(200);

        CompletableFuture.allOf(sessions.stream()
                        .map(session -> CompletableFuture.runAsync(
                                () -> session.delete(TOKEN).expect(200)))
                        .toArray(CompletableFuture<?>[]::new))
                .join();

        assertThat(Presences.of(sessions.get(0))).isEqualTo("Offline, OFF_QUEUE");
    }

    @Test
    void sessionOfAnApplicationThatCarriesNoPresenceTouchesNone() {
        TokenHolder here = bobOnlyHere();
        administrator.setOption(DemoDesk.ID, "presence", "carries-presence", "false");
        try {
            Presences.choose(here, "Away").expect(200);

            here.delete(TOKEN).expect(200);

            assertThat(Presences.of(here)).isEqualTo("Away, OFF_QUEUE");
        } finally {
            administrator.setOption(DemoDesk.ID, "presence", "carries-presence", null);
        }
    }
}

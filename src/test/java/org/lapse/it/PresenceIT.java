package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presence and routing status, as the vendor's clients set them, and what becomes of them when sessions end. */
@OnServer
class PresenceIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private TokenHolder alice;

    @BeforeEach
    void aliceHasOneSession() {
        administrator.endSessionsOf(lapse.signIn("alice@demo.example").userId());
        alice = lapse.signIn("alice@demo.example");
    }

    @Test
    void whoGoesOnQueueIsIdleAndWhoLeavesItIsOffQueue() {
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
        String read = alice.get(path).expect(200).body();

        alice.call("PATCH", path, read.replaceFirst("\\{", "{\"message\":\"back at two\","))
                .expect(200);

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
        assertThat(administrator
                        .auditsOf(alice.userId())
                        .get(0)
                        .required("action")
                        .asText())
                .isEqualTo("routingstatus.update");
    }

    @Test
    void othersAreSeenByEverybodyAndChangedWithThePermission() {
        TokenHolder bob = lapse.signIn("bob@demo.example");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | presences/purecloud | {\"presenceDefinition\":{\"id\":\"Available\"}} | presenceDefinition.id",
                "PATCH | presences/purecloud | {\"presenceDefinition\":{}}                     | presenceDefinition.id",
                "PUT   | routingstatus       | {\"status\":\"ON_QUEUE\"}                       | status",
                "PUT   | routingstatus       | {}                                              | status",
            })
    void whatIsNoPresenceAndNoStatusIsRefused(String method, String what, String json, String field) {
        assertThat(alice.call(method, "/api/v2/users/" + alice.userId() + "/" + what, json))
                .isRefused(400, "invalid.value")
                .namesField(field);
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
        TokenHolder other = lapse.signIn("alice@demo.example");
        Presences.choose(alice, "On Queue").expect(200);

        other.delete("/api/v2/tokens/me").expect(200);
        assertThat(Presences.of(alice)).isEqualTo("On Queue, IDLE");

        alice.delete("/api/v2/tokens/me").expect(200);
        assertThat(Presences.of(lapse, alice.userId())).isEqualTo("Offline, OFF_QUEUE");
    }

    @Test
    void presenceGoesWhenTheLastSessionsEndAtOnce() {
        List<TokenHolder> sessions = Stream.generate(() -> lapse.signIn("alice@demo.example"))
                .limit(3)
                .toList();
        Presences.choose(alice, "Busy").expect(200);

        CompletableFuture.allOf(Stream.concat(Stream.of(alice), sessions.stream())
                        .map(session -> CompletableFuture.runAsync(
                                () -> session.delete("/api/v2/tokens/me").expect(200)))
                        .toArray(CompletableFuture<?>[]::new))
                .join();

        assertThat(Presences.of(lapse, alice.userId())).isEqualTo("Offline, OFF_QUEUE");
    }

    @Test
    void forcedLogoutShowsTheUserOffline() {
        Presences.choose(alice, "Available").expect(200);

        administrator.endSessionsOf(alice.userId());

        assertThat(Presences.of(lapse, alice.userId())).isEqualTo("Offline, OFF_QUEUE");
    }

    @Test
    void sessionsOfAnApplicationThatCarriesNoPresenceTouchNone() {
        administrator.setOption(DemoDesk.ID, "presence", "carries-presence", "false");
        try {
            Presences.choose(alice, "Away").expect(200);

            alice.delete("/api/v2/tokens/me").expect(200);

            assertThat(Presences.of(lapse, alice.userId())).isEqualTo("Away, OFF_QUEUE");
        } finally {
            administrator.setOption(DemoDesk.ID, "presence", "carries-presence", null);
        }
    }
}

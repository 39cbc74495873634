package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lapse changes besides the session, and what it leaves alone. */
@OnServer
class AtTheTimeoutIT {
    private static final String STATE = "/api/v2/tokens/me/state";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @BeforeEach
    void nobodyIsThere() {
        administrator.endSessionsOf(lapse.signIn("alice@demo.example").userId());
        administrator.endSessionsOf(lapse.signIn("bob@demo.example").userId());
    }

    @AfterEach
    void restore() {
        setAgentNotReady(null);
        administrator.restore();
    }

    private void setAgentNotReady(@Nullable String value) {
        administrator.setOption(DemoDesk.ID, "interaction-workspace", "security.inactivity-set-agent-not-ready", value);
    }

    private void awaitLapse(TokenHolder user, String action) {
        await().atMost(TIMEOUT.plusSeconds(4)).until(() -> administrator.auditsOf(user.sessionId()).stream()
                .anyMatch(row -> row.required("action").asText().equals(action)));
    }

    @Test
    void presenceIsOfflineAndOffQueueAndNothingElseChanges() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Presences.choose(alice, "On Queue").expect(200);
        alice.call("PATCH", Presences.path(alice), "{\"message\":\"desk 7\"}").expect(200);
        alice.put(STATE, "\"the same screen\"").expect(200);

        administrator.setTimeout(TIMEOUT);
        awaitLapse(alice, "session.end");
        administrator.clearTimeout();

        assertThat(Presences.of(alice)).isEqualTo("Offline, OFF_QUEUE");
        TokenHolder again = lapse.signIn("alice@demo.example");
        assertThat(again.get(Presences.path(alice)).json().required("message").asText())
                .isEqualTo("desk 7");
        assertThat(again.get(STATE).expect(200).body()).isEqualTo("\"the same screen\"");
    }

    @Test
    void lockLeavesThePresenceUnlessTheApplicationSetsAgentsNotReady() {
        administrator.setDeskOption("on-inactivity", "lock");
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Presences.choose(alice, "On Queue").expect(200);
        alice.put(STATE, "\"the same screen\"").expect(200);
        administrator.setTimeout(TIMEOUT);
        awaitLapse(alice, "session.lock");
        setAgentNotReady("true");
        TokenHolder bob = lapse.signIn("bob@demo.example");
        Presences.choose(bob, "On Queue").expect(200);
        awaitLapse(bob, "session.lock");
        administrator.clearTimeout();

        assertThat(Presences.of(alice)).isEqualTo("On Queue, IDLE");
        assertThat(Presences.of(bob)).isEqualTo("Away, OFF_QUEUE");
        assertThat(alice.get(STATE)).isRefused(401, "insufficient_user_authentication");
        alice.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);
        assertThat(alice.get(STATE).expect(200).body()).isEqualTo("\"the same screen\"");
    }
}

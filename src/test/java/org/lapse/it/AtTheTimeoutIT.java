package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a lapse changes besides the session, and what it leaves alone. */
@OnServer
class AtTheTimeoutIT {
    private static final String STATE = "/api/v2/tokens/me/state";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @AfterEach
    void restore() {
        setAgentNotReady(null);
        administrator.restore();
    }

    private void setAgentNotReady(@Nullable String value) {
        administrator.setOption(DemoDesk.ID, "interaction-workspace", "security.inactivity-set-agent-not-ready", value);
    }

    private void awaitChange(TokenHolder user, String presence) {
        administrator.setTimeout(TIMEOUT);
        lapse.letPass(TIMEOUT);
        await().atMost(Duration.ofMinutes(1)).until(() -> Presences.of(user).equals(presence));
        administrator.clearTimeout();
    }

    @Test
    void lapseShowsTheUserOfflineAndOffQueueAndChangesNothingElse() {
        administrator.endSessionsOf(lapse.signIn("alice@demo.example").userId());
        TokenHolder alice = lapse.signIn("alice@demo.example");
        Presences.choose(alice, "On Queue").expect(200);
        alice.call("PATCH", Presences.path(alice), "{\"message\":\"desk 7\"}").expect(200);
        alice.put(STATE, "\"the same screen\"").expect(200);

        awaitChange(alice, "Offline, OFF_QUEUE");

        TokenHolder again = lapse.signIn("alice@demo.example");
        assertThat(again.get(Presences.path(alice)).json().required("message").asText())
                .isEqualTo("desk 7");
        assertThat(again.get(STATE).expect(200).body()).isEqualTo("\"the same screen\"");
    }

    @Test
    void lockSendsAgentsOffQueueWhereTheApplicationSetsThemNotReady() {
        administrator.setDeskOption("on-inactivity", "lock");
        setAgentNotReady("true");
        TokenHolder bob = lapse.signIn("bob@demo.example");
        Presences.choose(bob, "On Queue").expect(200);

        awaitChange(bob, "Away, OFF_QUEUE");
    }
}

package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An administrator signs somebody out everywhere. */
@OnServer
class ForcedLogoutIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @Test
    void allTokensAndTheSignInAreEnded() {
        String username = UUID.randomUUID() + "@demo.example";
        String logout = "/api/v2/apps/users/" + administrator.createUser(username) + "/logout";
        Browser browser = new Browser(lapse);
        DemoDesk desk = new DemoDesk(lapse, browser);
        TokenHolder first = desk.signIn(username);
        TokenHolder elsewhere = lapse.signIn(username);
        assertThat(first.delete(logout)).isRefused(403, "missing.permissions");

        lapse.service().delete(logout).expect(200);

        assertThat(first.use()).isRefused(401, "bad.credentials");
        assertThat(elsewhere.use()).isRefused(401, "bad.credentials");
        assertThat(desk.authorize().body()).contains("type=\"password\"");
        assertThat(administrator.endsOf(first))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("FORCED"));
        assertThat(lapse.service().delete("/api/v2/apps/users/" + UUID.randomUUID() + "/logout"))
                .isRefused(404, "not.found");
    }
}

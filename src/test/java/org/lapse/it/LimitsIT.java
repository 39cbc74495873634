package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One user and one application make so much and no more, and an https issuer is never reached without TLS. */
@OnServer
class LimitsIT {
    private static final Form GRANT = Form.of("grant_type", "client_credentials");
    private static final String TRACE = "/api/v2/diagnostics/trace";
    private static final int SESSIONS = 5;
    private static final int ENTRIES = 3;

    /** {@code lapse.password.address-failures}. */
    private static final int ADDRESS_FAILURES = 15;

    @Test
    void oneMoreThanIsPermittedIsRefusedInWordsOfItsOwn() throws Exception {
        try (ServerProcess server = ServerProcess.named("limits")) {
            server.start(Map.of(
                    "LAPSE_DEMO",
                    "true",
                    "LAPSE_ISSUER",
                    "https://lapse.example",
                    "LAPSE_LIMIT_SESSIONS_OF_CLIENT",
                    String.valueOf(SESSIONS),
                    "LAPSE_LIMIT_DIAGNOSTICS_OF_USER",
                    String.valueOf(ENTRIES),
                    "LAPSE_PASSWORD_ADDRESS_FAILURES",
                    String.valueOf(ADDRESS_FAILURES)));
            server.awaitReady();
            LapseSystem lapse = server.lapse();

            everyAnswerAsksForTls(lapse);
            TokenHolder service = lapse.service();
            for (int i = 1; i < SESSIONS; i++) {
                lapse.postAsService("/oauth/token", GRANT).expect(200);
            }
            Answer refused = lapse.postAsService("/oauth/token", GRANT);
            assertThat(refused).isOAuthError(429, "temporarily_unavailable");
            assertThat(refused.header("Retry-After")).isPresent();

            for (int i = 0; i < ENTRIES; i++) {
                assertThat(service.post(TRACE, "{\"message\":\"what happened\"}")
                                .status())
                        .isLessThan(300);
            }
            Answer tooMuch = service.post(TRACE, "{\"message\":\"what happened\"}");
            assertThat(tooMuch).isRefused(429, "too.many.requests");
            assertThat(tooMuch.header("Retry-After")).isPresent();

            strangersWhoGuessAtManyNamesFromOneAddressWait(lapse);

            String metrics = lapse.get("/metrics").body();
            assertThat(metrics)
                    .contains("lapse_limit_refused_total{limit=\"sessions_of_client\"} 1.0")
                    .contains("lapse_limit_refused_total{limit=\"diagnostics_of_user\"} 1.0");
        }
    }

    @Test
    void whoOpensSessionAfterSessionTakesRoomFromThemselves() throws Exception {
        try (ServerProcess server = ServerProcess.named("limits-of-user")) {
            server.start(Map.of(
                    "LAPSE_DEMO",
                    "true",
                    "LAPSE_LIMIT_SESSIONS_OF_USER_IN_APPLICATION",
                    "2",
                    "LAPSE_LIMIT_OPENINGS_OF_USER",
                    "4"));
            server.awaitReady();
            LapseSystem lapse = server.lapse();
            Browser browser = new Browser(lapse);
            DemoDesk desk = new DemoDesk(lapse, browser);
            TokenHolder first = desk.signIn("alice@demo.example");
            TokenHolder second = desk.comeBack(desk.authorize());
            second.use().expect(200);

            TokenHolder third = desk.comeBack(desk.authorize());

            assertThat(first.use()).isRefused(401, "bad.credentials");
            second.use().expect(200);
            TokenHolder fourth = desk.comeBack(desk.authorize());
            assertThat(third.use()).isRefused(401, "bad.credentials");
            second.use().expect(200);
            fourth.use().expect(200);

            Answer refused = lapse.post("/oauth/token", desk.tokenRequest(desk.codeOf(desk.authorize())));
            assertThat(refused).isOAuthError(429, "temporarily_unavailable");
            assertThat(refused.header("Retry-After")).isPresent();
        }
    }

    private static void strangersWhoGuessAtManyNamesFromOneAddressWait(LapseSystem lapse) {
        int looked = 0;
        Answer guess = guessAtAnotherName(lapse);
        while (guess.status() == 401 && looked < 2 * ADDRESS_FAILURES) {
            looked++;
            guess = guessAtAnotherName(lapse);
        }
        assertThat(guess).isRefused(429, "too.many.requests");
        assertThat(guess.header("Retry-After")).isPresent();
        assertThat(looked).isGreaterThanOrEqualTo(ADDRESS_FAILURES);
    }

    private static Answer guessAtAnotherName(LapseSystem lapse) {
        return new FrameworkAdministrator(lapse).logIn(UUID.randomUUID() + "@demo.example", "a guess");
    }

    private static void everyAnswerAsksForTls(LapseSystem lapse) {
        for (String path : List.of(
                "/oauth/jwks",
                "/oauth/token",
                "/oauth/authorize",
                "/page/lapse.css",
                "/admin/",
                "/nowhere",
                "/logout",
                "/api/v2/tokens/me",
                "/health/live",
                "/.well-known/openid-configuration")) {
            assertThat(new Answer(lapse.get(path)).header("Strict-Transport-Security"))
                    .as(path)
                    .contains("max-age=31536000; includeSubDomains");
        }
    }
}

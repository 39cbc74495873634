package org.lapse.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real nginx and the real Caddy, with the files that we ship, before a small service of somebody else. */
@OnServer
class ProxiesIT {
    private static final int LARGE = 1_000_000;

    @SuppressWarnings("NullAway.Init")
    private static EchoService service;

    @SuppressWarnings("NullAway.Init")
    private static List<ProxyProcess> proxies;

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @BeforeAll
    static void start() throws IOException {
        int lapse = LapseSystem.ofSuite().url().getPort();
        service = new EchoService();
        proxies = List.of(
                ProxyProcess.nginx("nginx", lapse, service.port()), ProxyProcess.caddy("caddy", lapse, service.port()));
    }

    @AfterAll
    static void stop() {
        proxies.forEach(ProxyProcess::close);
        service.close();
    }

    @BeforeEach
    void setTimeout() {
        administrator.setTimeout(Duration.ofMinutes(5));
    }

    @AfterEach
    void restore() {
        exclude("");
        administrator.restore();
    }

    private void exclude(String names) {
        lapse.service()
                .call(
                        "PATCH",
                        "/api/v2/organizations/authentication/settings",
                        "{\"inactivityTimeoutExclusions\":[" + names + "]}")
                .expect(200);
    }

    private static HttpRequest.Builder call(ProxyProcess proxy, TokenHolder holder, String target) {
        return HttpRequest.newBuilder(proxy.service().url(target))
                .header("Authorization", "Bearer " + holder.accessToken());
    }

    private static Answer send(ProxyProcess proxy, HttpRequest.Builder request) {
        return proxy.service().answerTo(request.build());
    }

    private boolean resets(TokenHolder holder, Runnable call) {
        Instant before = holder.deadline();
        lapse.letPass(Duration.ofSeconds(1));
        call.run();
        return holder.deadline().isAfter(before);
    }

    @Test
    void callPassesAndTheServiceLearnsWhoItIs() {
        for (ProxyProcess proxy : proxies) {
            TokenHolder alice = lapse.signIn("alice@demo.example");

            assertThat(resets(alice, () -> send(proxy, call(proxy, alice, "/reports/7?page=2"))
                            .expect(200)))
                    .as(proxy.toString())
                    .isTrue();

            EchoService.Call came = service.lastCall();
            assertThat(came.line()).isEqualTo("GET /reports/7?page=2");
            assertThat(came.header("X-Lapse-User")).contains(alice.userId());
            assertThat(came.header("X-Lapse-User-Name")).contains("alice@demo.example");
            assertThat(came.header("X-Lapse-Application")).contains(DemoDesk.ID);
            assertThat(came.header("X-Lapse-Session")).contains(alice.sessionId());
            assertThat(came.header("X-Lapse-Organization")).isPresent();
            assertThat(came.header("X-Lapse-Scopes")).isPresent();
            assertThat(came.header("X-Lapse-Seconds-Left")).isPresent();
            assertThat(came.header("Authorization")).isEmpty();
        }
    }

    @Test
    void excludedPollDoesNotKeepTheSessionAlive() {
        exclude("\"GET reports/{id}/poll\"");
        for (ProxyProcess proxy : proxies) {
            TokenHolder alice = lapse.signIn("alice@demo.example");

            assertThat(resets(alice, () -> send(proxy, call(proxy, alice, "/reports/7/poll?since=1"))
                            .expect(200)))
                    .as(proxy.toString())
                    .isFalse();
            assertThat(resets(alice, () -> send(
                                    proxy, call(proxy, alice, "/reports/7/poll").POST(BodyPublishers.ofString("x=y")))
                            .expect(200)))
                    .as(proxy.toString())
                    .isTrue();
            assertThat(resets(alice, () -> send(
                                    proxy, call(proxy, alice, "/reports/7").header("X-Background-Request", "1"))
                            .expect(200)))
                    .as(proxy.toString())
                    .isFalse();
        }
    }

    @Test
    void lapseTurnsInto401AtTheProxy() {
        for (ProxyProcess proxy : proxies) {
            administrator.setTimeout(Duration.ofMinutes(5));
            TokenHolder alice = lapse.signIn("alice@demo.example");
            send(proxy, call(proxy, alice, "/reports")).expect(200);
            administrator.setTimeout(Duration.ofMinutes(1));
            lapse.letPass(Duration.ofMinutes(1));
            int before = service.countOfCalls();

            Answer refusal = send(proxy, call(proxy, alice, "/reports")).expect(401);

            assertThat(refusal.header("WWW-Authenticate"))
                    .hasValueSatisfying(cause -> assertThat(cause).contains("invalid_token"));
            Answer nobody = send(proxy, HttpRequest.newBuilder(proxy.service().url("/reports")));
            assertThat(nobody.expect(401).header("WWW-Authenticate")).contains("Bearer realm=\"lapse\"");
            assertThat(service.countOfCalls()).as(proxy.toString()).isEqualTo(before);
        }
    }

    @Test
    void whatAClientInventsReachesNobody() {
        exclude("\"poll\"");
        for (ProxyProcess proxy : proxies) {
            TokenHolder demo = lapse.service();

            assertThat(resets(demo, () -> send(
                                    proxy,
                                    call(proxy, demo, "/work")
                                            .header("X-Lapse-User", "evil")
                                            .header("x-lapse-user-name", "evil")
                                            .header("X-LAPSE-SCOPES", "evil")
                                            .header("X-Lapse-Organization", "evil")
                                            .header("X-Lapse-Application", "evil")
                                            .header("X-Lapse-Session", "evil")
                                            .header("X-Lapse-Seconds-Left", "evil")
                                            .header("X_Lapse_User", "evil")
                                            .header("X-Original-URI", "/poll")
                                            .header("X-Original-Method", "GET")
                                            .header("X-Forwarded-Uri", "/poll")
                                            .header("X-Forwarded-Method", "GET")
                                            .header("X-Forwarded-For", "203.0.113.9"))
                            .expect(200)))
                    .as("%s: it was not the poll", proxy)
                    .isTrue();

            EchoService.Call came = service.lastCall();
            assertThat(came.valuesLike("lapse")).as(proxy.toString()).doesNotContain("evil");
            assertThat(came.header("X-Lapse-User").orElse(""))
                    .as(proxy.toString())
                    .isEmpty();
            assertThat(came.header("X-Lapse-Application")).contains(LapseSystem.SERVICE_ID);
        }
    }

    @Test
    void addressAtTheGateIsTheOneThatTheProxySees() {
        for (ProxyProcess proxy : proxies) {
            TokenHolder alice = lapse.signIn("alice@demo.example");
            allowAddresses("\"127.0.0.0/8\",\"::1\"");
            try {
                send(proxy, call(proxy, alice, "/reports").header("X-Forwarded-For", "203.0.113.9"))
                        .expect(200);
            } finally {
                allowAddresses("");
            }
        }
    }

    private void allowAddresses(String ranges) {
        lapse.service()
                .call(
                        "PATCH",
                        "/api/v2/organizations/authentication/settings",
                        "{\"ipAddressAllowlist\":[" + ranges + "]}")
                .expect(200);
    }

    @Test
    void bodyArrivesWhole() {
        byte[] body = new byte[LARGE];
        new Random(7).nextBytes(body);
        for (ProxyProcess proxy : proxies) {
            TokenHolder alice = lapse.signIn("alice@demo.example");

            send(
                            proxy,
                            call(proxy, alice, "/upload")
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofByteArray(body)))
                    .expect(200);

            assertThat(service.lastCall().body()).as(proxy.toString()).isEqualTo(new String(body, ISO_8859_1));
        }
    }

    @Test
    void whatTheServiceAnswersIsItsOwnAffair() {
        for (ProxyProcess proxy : proxies) {
            send(proxy, call(proxy, lapse.service(), "/broken")).expect(500);
        }
    }

    @Test
    void nobodyPassesWhileLapseIsDown() throws IOException {
        int nobody = ServerProcess.freePort();
        TokenHolder demo = lapse.service();
        int before = service.countOfCalls();

        try (ProxyProcess nginx = ProxyProcess.nginx("nginx-alone", nobody, service.port());
                ProxyProcess caddy = ProxyProcess.caddy("caddy-alone", nobody, service.port())) {
            for (ProxyProcess proxy : List.of(nginx, caddy)) {
                Answer answer = send(proxy, call(proxy, demo, "/reports")).expect(503);
                assertThat(answer.header("Retry-After")).as(proxy.toString()).isPresent();
                send(proxy, call(proxy, demo, "/reports").POST(BodyPublishers.ofString("x")))
                        .expect(503);
            }
        }
        assertThat(service.countOfCalls()).isEqualTo(before);
    }
}

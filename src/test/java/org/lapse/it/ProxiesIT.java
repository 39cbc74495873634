package org.lapse.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.it.ProxyProcess.Callers;
import org.lapse.it.ProxyProcess.Kind;

/**
 * The real nginx, Caddy, HAProxy and Apache httpd, with the files that we ship, before a small service of somebody
 * else.
 */
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
        service = new EchoService();
        proxies = ProxyProcess.ofEachKind("proxy", gate(), service.port(), Callers.WITH_HEADERS);
    }

    /** Where the proxies ask. */
    private static int gate() {
        return LapseSystem.gateOfSuite().url().getPort();
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
    void tokenForAnotherApiDoesNotPassWhereTheProxyDemandsOne() throws IOException {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        List<ProxyProcess> demanding =
                ProxyProcess.ofEachKind("orders-proxy", gate(), service.port(), Callers.WITH_TOKENS_FOR_ORDERS);
        try {
            for (ProxyProcess proxy : demanding) {
                int before = service.countOfCalls();

                Answer refusal = send(proxy, call(proxy, alice, "/reports").header("X-Lapse-Audience", ""))
                        .expect(401);

                assertThat(refusal.header("WWW-Authenticate"))
                        .as(proxy.toString())
                        .hasValueSatisfying(cause -> assertThat(cause).contains("invalid_token", "another API"));
                assertThat(service.countOfCalls()).as(proxy.toString()).isEqualTo(before);
            }
        } finally {
            demanding.forEach(ProxyProcess::close);
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
    void noSpellingOfTheGatesNamesIsLeftToTheClient() {
        List<String> names = List.of(
                "X-Lapse-User",
                "X_Lapse_User",
                "X-Lapse_User",
                "X_Lapse-User",
                "x_lapse-user_name",
                "X-LAPSE_SCOPES",
                "X_lapse-Session",
                "X-Lapse-Seconds_Left");
        for (ProxyProcess proxy : proxies) {
            TokenHolder alice = lapse.signIn("alice@demo.example");
            HttpRequest.Builder request = call(proxy, alice, "/reports");
            names.forEach(name -> request.header(name, "evil"));

            send(proxy, request).expect(200);

            assertThat(service.lastCall().valuesLike("lapse"))
                    .as(proxy.toString())
                    .doesNotContain("evil");
            assertThat(service.lastCall().names().stream().filter(name -> name.contains("lapse")))
                    .as("%s: whole and alone", proxy)
                    .containsExactlyInAnyOrder(
                            "x-lapse-user",
                            "x-lapse-user-name",
                            "x-lapse-organization",
                            "x-lapse-application",
                            "x-lapse-scopes",
                            "x-lapse-session",
                            "x-lapse-seconds-left");
        }
    }

    @Test
    void callWhoseConnectionNamesWhatTheGateSaysIsRefused() throws IOException {
        int before = service.countOfCalls();
        for (ProxyProcess proxy : proxies) {
            String bearer = "Authorization: Bearer " + lapse.service().accessToken() + "\r\n";
            for (String named : List.of("X-Lapse-User", "x-lapse-session", "Authorization", "keep, X_Lapse_User")) {
                String answer = RawCall.answer(
                        proxy.service().url(), "GET /reports", bearer + "Connection: close, " + named + "\r\n");
                assertThat(RawCall.statusOf(answer)).as(proxy + " " + named).isEqualTo(400);
            }
            assertThat(RawCall.statusOf(
                            RawCall.answer(proxy.service().url(), "GET /reports", bearer + "Connection: close\r\n")))
                    .as(proxy.toString())
                    .isEqualTo(200);
        }
        assertThat(service.countOfCalls()).isEqualTo(before + proxies.size());
    }

    @Test
    void gateIsSentWhatItReadsAndNothingElse() throws IOException {
        try (EchoService nobodysGate = new EchoService()) {
            int before = service.countOfCalls();
            for (Kind kind : Kind.values()) {
                try (ProxyProcess proxy =
                        kind.start("asking", nobodysGate.port(), service.port(), Callers.WITH_HEADERS)) {
                    Answer answer = send(
                            proxy,
                            call(proxy, lapse.service(), "/reports?page=2")
                                    .header("Cookie", "a=b")
                                    .header("Referer", "http://service.example/"));

                    assertThat(answer.status())
                            .as("%s: a 200 that does not say whose session it is passes nobody", proxy)
                            .isIn(502, 503);
                    EchoService.Call question = nobodysGate.lastCall();
                    assertThat(question.line()).as(proxy.toString()).isIn("GET /gate/nginx", "GET /gate/forward");
                    assertThat(question.names())
                            .as(proxy.toString())
                            .contains("authorization")
                            .doesNotContain("cookie", "referer");
                }
            }
            assertThat(service.countOfCalls()).isEqualTo(before);
        }
    }

    @Test
    void headersOfRealPeoplePass() {
        String large = "x".repeat(4_000);
        for (ProxyProcess proxy : proxies) {
            TokenHolder demo = lapse.service();
            send(proxy, call(proxy, demo, "/reports").header("Cookie", "a=" + large + "; b=" + large))
                    .expect(200);
            send(proxy, call(proxy, demo, "/reports?" + large + large)).expect(200);
            HttpRequest.Builder many = call(proxy, demo, "/reports");
            IntStream.range(0, 110).forEach(i -> many.header("X-Header-" + i, "value"));
            send(proxy, many).expect(200);
        }
    }

    @Test
    void whatIsTooLargeIsNoOutage() throws IOException {
        String large = "x".repeat(1_200_000);
        int before = service.countOfCalls();
        for (ProxyProcess proxy : proxies) {
            String bearer = "Authorization: Bearer " + lapse.service().accessToken() + "\r\nConnection: close\r\n";
            int status = proxy.is(Kind.NGINX) || proxy.is(Kind.CADDY) ? 431 : 400;

            assertThat(statusOf(proxy, "/reports", bearer + "X-Large: " + large + "\r\n"))
                    .as(proxy.toString())
                    .isEqualTo(status);
            assertThat(statusOf(proxy, "/reports?" + large, bearer))
                    .as(proxy.toString())
                    .isEqualTo(proxy.is(Kind.HTTPD) ? 414 : status);
        }
        assertThat(service.countOfCalls()).isEqualTo(before);
    }

    /** The status of an answer to a call that the proxy may refuse before it has read all of it. */
    private static int statusOf(ProxyProcess proxy, String target, String headers) throws IOException {
        return RawCall.statusOf(RawCall.answer(proxy.service().url(), "GET " + target, headers));
    }

    @Test
    void byteBeyondAsciiInWhatTheGateReadsIsABadRequest() throws IOException {
        int before = service.countOfCalls();
        for (ProxyProcess proxy : proxies) {
            String token = lapse.service().accessToken();
            String bearer = "Authorization: Bearer " + token + "\r\nConnection: close\r\n";

            for (String beyond : List.of("\u00e4", "\u0080", "\u00c3\u00a4", "\u00ff")) {
                for (String header : List.of("Origin: ", "X-Background-Request: 1")) {
                    assertThat(statusOf(proxy, "/reports", bearer + header + beyond + "\r\n"))
                            .as("%s %s", proxy, header)
                            .isEqualTo(400);
                }
                String spoilt = "Authorization: Bearer " + token + beyond + "\r\nConnection: close\r\n";
                assertThat(statusOf(proxy, "/reports", spoilt))
                        .as(proxy.toString())
                        .isEqualTo(400);
                if (!proxy.is(Kind.CADDY)) {
                    assertThat(statusOf(proxy, "/" + beyond, bearer))
                            .as(proxy.toString())
                            .isEqualTo(400);
                    assertThat(statusOf(proxy, "/reports?q=" + beyond, bearer))
                            .as(proxy.toString())
                            .isEqualTo(400);
                }
            }
        }
        assertThat(service.countOfCalls()).isEqualTo(before);
    }

    @Test
    void byteBeyondAsciiIsPercentEncodedByCaddy() throws IOException {
        String bearer = "Authorization: Bearer " + lapse.service().accessToken() + "\r\nConnection: close\r\n";

        assertThat(statusOf(caddy(), "/\u00c3\u00a4", bearer)).isEqualTo(200);

        assertThat(service.lastCall().line()).isEqualTo("GET /%C3%A4");
    }

    @Test
    void byteBeyondAsciiInAnotherHeaderIsTheServicesAffair() throws IOException {
        for (ProxyProcess proxy : proxies) {
            String bearer = "Authorization: Bearer " + lapse.service().accessToken() + "\r\nConnection: close\r\n";
            // Caddy sends the gate this header too, and Payara Micro refuses it.
            int expected = proxy.is(Kind.CADDY) && ServerKind.ofExecution() == ServerKind.PAYARA ? 431 : 200;

            assertThat(statusOf(proxy, "/reports", bearer + "X-Town: Z\u00fcrich\r\n"))
                    .as(proxy.toString())
                    .isEqualTo(expected);
        }
    }

    @Test
    void refusalHasABodyThatScriptsRead() {
        for (ProxyProcess proxy : proxies) {
            Answer nobody = send(proxy, HttpRequest.newBuilder(proxy.service().url("/reports")));
            Answer stranger = send(proxy, call(proxy, lapse.holderOf("invented"), "/reports"));

            assertThat(nobody.expect(401).json().required("code").asText())
                    .as(proxy.toString())
                    .isEqualTo("authentication.required");
            assertThat(stranger.expect(401).json().required("code").asText())
                    .as(proxy.toString())
                    .isEqualTo("bad.credentials");
            for (Answer refusal : List.of(nobody, stranger)) {
                assertThat(refusal.header("Content-Type")).as(proxy.toString()).contains("application/json");
                assertThat(refusal.json().required("status").asInt()).isEqualTo(401);
            }
        }
    }

    @Test
    void caddyRefusesNamesThatItDoesNotServe() throws IOException {
        URI url = caddy().service().url();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write("GET /reports HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n"
                            .getBytes(ISO_8859_1));
            assertThat(RawCall.statusOf(new String(socket.getInputStream().readAllBytes(), ISO_8859_1)))
                    .isEqualTo(421);
        }
    }

    private static ProxyProcess caddy() {
        return proxies.stream()
                .filter(proxy -> proxy.is(Kind.CADDY))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void browserWhoseCookieLapsedGoesToTheSignInPageAndBack() throws IOException {
        for (Kind kind : Kind.values()) {
            try (ProxyProcess proxy = kind.start("browsers", gate(), service.port(), Callers.BROWSERS)) {
                administrator.setTimeout(Duration.ofMinutes(5));
                TokenHolder alice = lapse.signIn("alice@demo.example");
                send(proxy, byCookie(proxy, alice, "/reports?page=2&x=y", "text/html"))
                        .expect(200);
                assertThat(service.lastCall().header("X-Lapse-User")).contains(alice.userId());
                administrator.setTimeout(Duration.ofMinutes(1));
                lapse.letPass(Duration.ofMinutes(1));
                int before = service.countOfCalls();

                Answer away = send(
                                proxy, byCookie(proxy, alice, "/reports?page=2&x=y", "text/html,application/xhtml+xml"))
                        .expect(302);
                assertThat(away.header("Location")).as(proxy.toString()).hasValueSatisfying(to -> assertThat(to)
                        .endsWith("/sign-in?/reports?page=2&x=y"));
                send(proxy, byCookie(proxy, alice, "/reports", "application/json"))
                        .expect(401);
                send(proxy, byCookie(proxy, alice, "/reports", "text/html").POST(BodyPublishers.ofString("x")))
                        .expect(401);
                assertThat(service.countOfCalls()).as(proxy.toString()).isEqualTo(before);

                send(
                                proxy,
                                HttpRequest.newBuilder(proxy.service().url("/sign-in?/reports?page=2&x=y"))
                                        .header("X-Lapse-User", "evil")
                                        .header("Accept", "text/html"))
                        .expect(200);
                assertThat(service.lastCall().line()).isEqualTo("GET /sign-in?/reports?page=2&x=y");
                assertThat(service.lastCall().valuesLike("lapse")).isEmpty();
                send(proxy, HttpRequest.newBuilder(proxy.service().url("/sign-in/x")))
                        .expect(401);
            }
        }
    }

    private static HttpRequest.Builder byCookie(
            ProxyProcess proxy, TokenHolder holder, String target, String accepted) {
        return HttpRequest.newBuilder(proxy.service().url(target))
                .header("Cookie", "other=x; desk=" + holder.accessToken())
                .header("Accept", accepted);
    }

    @Test
    void nobodyPassesWhileLapseIsDown() throws IOException {
        int nobody = ServerProcess.freePort();
        TokenHolder demo = lapse.service();
        int before = service.countOfCalls();

        for (Kind kind : Kind.values()) {
            try (ProxyProcess proxy = kind.start("alone", nobody, service.port(), Callers.WITH_HEADERS)) {
                Answer answer = send(proxy, call(proxy, demo, "/reports")).expect(503);
                assertThat(answer.header("Retry-After")).as(proxy.toString()).isPresent();
                assertThat(answer.json().required("status").asInt()).isEqualTo(503);
                send(proxy, call(proxy, demo, "/reports").POST(BodyPublishers.ofString("x")))
                        .expect(503);
            }
        }
        assertThat(service.countOfCalls()).isEqualTo(before);
    }
}

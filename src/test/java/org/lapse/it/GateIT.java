package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies ask whether a call may pass: one place for each dialect, 200 or 401 and nothing else. */
@OnServer
class GateIT {
    private static final String SETTINGS = "/api/v2/organizations/authentication/settings";
    private static final String USER = "203.0.113.9";
    private static final String LONG = "x".repeat(4_000);

    private final LapseSystem lapse = LapseSystem.ofSuite();

    private boolean settingsChanged;

    @BeforeAll
    static void setTimeout() {
        LapseSystem.ofSuite().administrator().setTimeout(Duration.ofMinutes(5));
    }

    @AfterAll
    static void restore() {
        LapseSystem.ofSuite().administrator().restore();
    }

    @AfterEach
    void restoreSettings() {
        if (settingsChanged) {
            set("{\"inactivityTimeoutExclusions\":[],\"ipAddressAllowlist\":[]}");
        }
    }

    private void set(String settings) {
        settingsChanged = true;
        lapse.service().call("PATCH", SETTINGS, settings).expect(200);
    }

    /** How a proxy asks about a call. */
    enum Dialect {
        NGINX {
            @Override
            HttpRequest.Builder ask(LapseSystem lapse, String method, String target) {
                return HttpRequest.newBuilder(lapse.url("/gate/nginx"))
                        .header("X-Original-Method", method)
                        .header("X-Original-URI", target);
            }
        },
        FORWARD {
            @Override
            HttpRequest.Builder ask(LapseSystem lapse, String method, String target) {
                int question = target.indexOf('?');
                return HttpRequest.newBuilder(
                                lapse.url("/gate/forward" + (question < 0 ? "" : target.substring(question))))
                        .header("X-Forwarded-Method", method)
                        .header("X-Forwarded-Uri", target)
                        .header("X-Forwarded-Host", "service.example")
                        .header("X-Forwarded-Proto", "https");
            }
        };

        abstract HttpRequest.Builder ask(LapseSystem lapse, String method, String target);
    }

    private Answer ask(Dialect dialect, TokenHolder holder, String method, String target, String... headers) {
        HttpRequest.Builder request = dialect.ask(lapse, method, target)
                .header("Authorization", "Bearer " + holder.accessToken())
                .header("X-Forwarded-For", USER);
        return answer(headers.length == 0 ? request : request.headers(headers));
    }

    private Answer answer(HttpRequest.Builder request) {
        Answer answer = lapse.answerTo(request.build());
        assertThat(answer.status()).isIn(200, 401);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("X-Lapse-Session").isPresent()).isEqualTo(answer.status() == 200);
        if (answer.status() == 200) {
            assertThat(answer.body()).isEmpty();
        } else if (!answer.response().request().method().equals("HEAD")) {
            assertThat(answer.header("Content-Type")).contains("application/json");
            assertThat(answer.json().required("status").asInt()).isEqualTo(401);
        }
        return answer;
    }

    private static String causeOf(Answer refusal) {
        return refusal.expect(401)
                .header("WWW-Authenticate")
                .orElseThrow(() -> new AssertionError(refusal + " does not say why"));
    }

    /** Whether what happens moves the moment at which the token will idle. */
    private boolean resets(TokenHolder holder, Runnable call) {
        Instant before = holder.deadline();
        lapse.letPass(Duration.ofSeconds(1));
        call.run();
        return holder.deadline().isAfter(before);
    }

    @ParameterizedTest
    @EnumSource
    void callPassesWithTheWordWhoItIsAndIsActivity(Dialect dialect) {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        double recorded = lapse.metric("lapse_activity_total{outcome=\"recorded\"}");

        assertThat(resets(alice, () -> {
                    Answer pass =
                            ask(dialect, alice, "GET", "/reports/7?page=2").expect(200);
                    assertThat(pass.header("X-Lapse-User")).contains(alice.userId());
                    assertThat(pass.header("X-Lapse-User-Name")).contains("alice@demo.example");
                    assertThat(pass.header("X-Lapse-Application")).contains(DemoDesk.ID);
                    assertThat(pass.header("X-Lapse-Session")).contains(alice.sessionId());
                    assertThat(pass.header("X-Lapse-Organization").orElse("")).matches("[0-9a-f-]{36}");
                    assertThat(pass.header("X-Lapse-Scopes")).isPresent();
                    assertThat(Integer.parseInt(
                                    pass.header("X-Lapse-Seconds-Left").orElse("")))
                            .isBetween(1, 300);
                }))
                .isTrue();

        assertThat(lapse.metric("lapse_activity_total{outcome=\"recorded\"}")).isGreaterThan(recorded);
    }

    @Test
    void applicationOnItsOwnHasNoUserAndSaysSo() {
        Answer pass = ask(Dialect.NGINX, lapse.service(), "GET", "/reports").expect(200);

        assertThat(pass.header("X-Lapse-User")).contains("");
        assertThat(pass.header("X-Lapse-User-Name")).contains("");
        assertThat(pass.header("X-Lapse-Application")).contains(LapseSystem.SERVICE_ID);
    }

    @ParameterizedTest
    @EnumSource
    void excludedCallPassesAndIsNoActivity(Dialect dialect) {
        set("{\"inactivityTimeoutExclusions\":[\"GET reports/{id}/poll\",\"static/*\"]}");
        TokenHolder demo = lapse.service();
        double excluded = lapse.metric("lapse_activity_total{outcome=\"excluded\"}");

        for (String target : List.of("/reports/7/poll", "/reports/7/poll?x=/other", "/static/a.css")) {
            assertThat(resets(demo, () -> ask(dialect, demo, "GET", target).expect(200)))
                    .as(target)
                    .isFalse();
        }
        assertThat(lapse.metric("lapse_activity_total{outcome=\"excluded\"}")).isGreaterThan(excluded + 2);
        assertThat(resets(demo, () -> ask(dialect, demo, "POST", "/reports/7/poll")
                        .expect(200)))
                .isTrue();
        assertThat(resets(demo, () -> ask(dialect, demo, "GET", "/reports/7").expect(200)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void callInTheBackgroundPassesAndIsNoActivity(Dialect dialect) {
        TokenHolder demo = lapse.service();

        assertThat(resets(demo, () -> ask(dialect, demo, "POST", "/reports", "X-Background-Request", "1")
                        .expect(200)))
                .isFalse();
        assertThat(resets(demo, () -> ask(dialect, demo, "GET", "/api/v2/tokens/me?preserveIdleTTL=true")
                        .expect(200)))
                .isFalse();
    }

    @Test
    void otherDialectIsNotHeard() {
        set("{\"inactivityTimeoutExclusions\":[\"poll\"]}");
        TokenHolder demo = lapse.service();

        assertThat(resets(demo, () -> ask(Dialect.NGINX, demo, "GET", "/work", "X-Forwarded-Uri", "/poll")
                        .expect(200)))
                .isTrue();
        assertThat(resets(demo, () -> ask(Dialect.FORWARD, demo, "GET", "/work", "X-Original-URI", "/poll")
                        .expect(200)))
                .isTrue();
        assertThat(resets(demo, () -> ask(Dialect.FORWARD, demo, "GET", "/poll?uri=/work&method=POST")
                        .expect(200)))
                .as("our own query is not read")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whyACallMayNotPassIsSaid(Dialect dialect) {
        TokenHolder ended = lapse.service();
        ended.delete("/api/v2/tokens/me").expect(200);

        assertThat(causeOf(answer(dialect.ask(lapse, "GET", "/reports")))).isEqualTo("Bearer realm=\"lapse\"");
        assertThat(causeOf(ask(dialect, lapse.holderOf("invented"), "GET", "/reports")))
                .contains("error=\"invalid_token\"")
                .contains("unknown");
        assertThat(causeOf(ask(dialect, ended, "GET", "/reports"))).contains("error=\"invalid_token\"");
        assertThat(causeOf(answer(dialect.ask(lapse, "GET", "/reports")
                        .header("Authorization", "Bearer a")
                        .header("Authorization", "Bearer b"))))
                .contains("error=\"invalid_request\"");
    }

    @Test
    void lapsedSessionDoesNotPassAndLockedOneSaysWhatItNeeds() {
        Administrator administrator = lapse.administrator();
        administrator.setSecurityOption(DemoDesk.ID, "on-inactivity", "lock");
        TokenHolder alice = lapse.signIn("alice@demo.example");
        TokenHolder service = lapse.service();
        administrator.setTimeout(Duration.ofMinutes(1));
        lapse.letPass(Duration.ofMinutes(1));

        try {
            for (Dialect dialect : Dialect.values()) {
                assertThat(causeOf(ask(dialect, alice, "GET", "/reports")))
                        .contains("error=\"insufficient_user_authentication\"");
                assertThat(causeOf(ask(dialect, service, "GET", "/reports"))).contains("error=\"invalid_token\"");
            }
        } finally {
            administrator.restore();
            setTimeout();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "FROB"})
    void everyMethodIsAnswered(String method) {
        TokenHolder service = lapse.service();

        ask(Dialect.NGINX, service, method, "/reports").expect(200);
        HttpRequest.Builder byThatMethod =
                Dialect.NGINX.ask(lapse, method, "/reports").method(method, BodyPublishers.noBody());
        assertThat(causeOf(answer(byThatMethod))).startsWith("Bearer");
        answer(byThatMethod.header("Authorization", "Bearer " + service.accessToken()))
                .expect(200);
    }

    @Test
    void bodyIsNotRead() {
        TokenHolder service = lapse.service();
        String form = "application/x-www-form-urlencoded";

        ask(Dialect.NGINX, service, "POST", "/reports", "Content-Type", form).expect(200);
        answer(Dialect.NGINX
                        .ask(lapse, "GET", "/reports")
                        .header("Authorization", "Bearer " + service.accessToken())
                        .header("Content-Type", form)
                        .POST(BodyPublishers.ofString("x=" + "y".repeat(100_000))))
                .expect(200);
        assertThat(causeOf(answer(Dialect.FORWARD
                        .ask(lapse, "GET", "/reports?access_token=" + service.accessToken())
                        .header("Content-Type", form)
                        .POST(BodyPublishers.ofString("access_token=" + service.accessToken())))))
                .isEqualTo("Bearer realm=\"lapse\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gate/nginx/../../health/live",
                "/gate/x/../../health/live",
                "/gate/nginx/..;/..;/health/live",
                "/gate/nginx/%2e%2e/%2e%2e/health/live",
                "/gate/nginx/..%2f..%2fhealth/live",
                "/gate/nginx//..//..//health/live",
                "/gate/../oauth/jwks",
                "/gate/envoy/reports",
            })
    void whatLeadsOutOfTheGateIsAnsweredByNobodyElse(String target) {
        assertThat(new Answer(lapse.get(target)).status()).isIn(400, 401);

        assertThat(lapse.service().get(target).status()).isIn(400, 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gate/nginx",
                "/gate/nginx/x",
                "/gate/nginx;x=y",
                "/gate/x/../nginx",
                "/gate/forward?X-Forwarded-Uri=/x&X-Forwarded-Method=GET",
                "/gate/unknown",
            })
    void whatNamesNoCallDoesNotPass(String target) {
        assertThat(lapse.service().get(target).status()).isIn(400, 401);
    }

    @Test
    void byteBeyondAsciiIsNoFaultOfTheServers() throws IOException {
        String token = lapse.service().accessToken();
        for (String header :
                List.of("X-Original-URI: /\u00e4", "X-Original-URI: /a\u0080", "X-Original-Method: G\u00cbT")) {
            assertThat(RawCall.statusOf(asked(token, header))).as(header).isIn(400, 401);
        }
        for (String header : List.of(
                "Origin: \u00e4", "X-Forwarded-For: \u00e4", "X-Background-Request: \u00e4", "Cookie: desk=\u00e4")) {
            String answer = asked(token, "X-Original-URI: /a\r\n" + header);
            assertThat(RawCall.statusOf(answer)).as(header).isIn(200, 400, 401);
            assertThat(answer.contains("X-Lapse-Session")).as(header).isEqualTo(RawCall.statusOf(answer) == 200);
        }
        assertThat(RawCall.statusOf(asked(token + "\u00e4", "X-Original-URI: /a")))
                .isIn(400, 401);
    }

    private String asked(String token, String headers) throws IOException {
        String method = headers.startsWith("X-Original-Method") ? "X-Original-URI: /a" : "X-Original-Method: GET";
        return RawCall.answer(
                lapse.url(),
                "GET /gate/nginx",
                method + "\r\n" + headers + "\r\nAuthorization: Bearer " + token + "\r\nConnection: close\r\n");
    }

    @Test
    void headersOfRealPeopleAreRead() {
        TokenHolder demo = lapse.service();
        HttpRequest.Builder cookies =
                Dialect.NGINX.ask(lapse, "GET", "/reports").header("Cookie", "a=" + LONG + "; b=" + LONG);
        HttpRequest.Builder many = Dialect.NGINX.ask(lapse, "GET", "/reports");
        IntStream.range(0, 110).forEach(i -> many.header("X-Header-" + i, "value"));

        for (HttpRequest.Builder request : List.of(cookies, many)) {
            answer(request.header("Authorization", "Bearer " + demo.accessToken()))
                    .expect(200);
        }
        for (Dialect dialect : Dialect.values()) {
            ask(dialect, demo, "GET", "/reports?" + LONG + LONG).expect(200);
        }
    }

    @Test
    void addressThatTheProxyForwardsMustBePermitted() {
        TokenHolder demo = lapse.service();
        set("{\"ipAddressAllowlist\":[\"127.0.0.0/8\",\"::1\",\"198.51.100.0/24\"]}");

        for (Dialect dialect : Dialect.values()) {
            assertThat(causeOf(ask(dialect, demo, "GET", "/reports"))).contains("error=\"access_denied\"");
            answer(asHolder(dialect, demo).header("X-Forwarded-For", "198.51.100.7"))
                    .expect(200);
            answer(asHolder(dialect, demo).header("X-Forwarded-For", "198.51.100.7, " + USER))
                    .expect(401);
        }
        assertThat(demo.call("GET", "/api/v2/tokens/me", null, Map.of("X-Forwarded-For", USER))
                        .status())
                .isEqualTo(403);
        demo.use().expect(200);
    }

    private HttpRequest.Builder asHolder(Dialect dialect, TokenHolder holder) {
        return dialect.ask(lapse, "GET", "/reports").header("Authorization", "Bearer " + holder.accessToken());
    }

    @Test
    void auditShowsTheAddressBehindTheProxy() {
        lapse.service()
                .call(
                        "POST",
                        "/api/v2/tokens/me/holds",
                        "{\"reason\":\"work\",\"seconds\":60}",
                        Map.of("X-Forwarded-For", "198.51.100.1, 203.0.113.77"))
                .expect(200);

        assertThat(lapse.service()
                        .get("/api/v2/audits?action=hold.open&remoteAddress=203.0.113.77")
                        .expect(200)
                        .json()
                        .required("total")
                        .asInt())
                .isEqualTo(1);
    }
}

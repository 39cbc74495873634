package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is sent to whatever endpoint: it is answered properly, and the fault is never the server's. The endpoints
 * come from the server's own OpenAPI document, so that none can be forgotten.
 */
@OnServer
class FuzzIT {
    private static final long SEED = 20_261_121;

    /** What only the inside of the server knows: frames of a stack trace, classes, SQL. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\tat |\\bat [a-z]+\\.[a-z.]+\\.[A-Z]|Exception|Stacktrace|Caused by|org\\.lapse\\.|jakarta\\.|hibernate"
                    + "|com\\.fasterxml|com\\.nimbusds|select .* from ",
            Pattern.CASE_INSENSITIVE);

    /** Makes an RSA key each time: a few kinds of attacks are enough. */
    private static final String SLOW = "POST /api/v2/oauth/signingkeys/rotation";

    private static final int ATTACKS_WHERE_IT_IS_SLOW = 6;

    private static final int SHARES = 3;

    private static final List<String> SERVLETS = List.of(
            "/oauth/authorize",
            "/oauth/introspect",
            "/oauth/jwks",
            "/oauth/revoke",
            "/oauth/token",
            "/oauth/userinfo",
            "/.well-known/openid-configuration",
            "/logout",
            "/relogin",
            "/health",
            "/metrics");

    /** Our own pages alone ask here, and no client: so the body is not that of RFC 6749. */
    private static final String FOR_OUR_PAGES = "/oauth/passkey";

    private static final ExecutorService AT_ONCE = Executors.newFixedThreadPool(4);

    @SuppressWarnings("NullAway.Init")
    private static Belongings belongings;

    /** Of somebody who may do everything; another one after an attack has ended it. */
    @SuppressWarnings("NullAway.Init")
    private static volatile String token;

    private final LapseSystem lapse = LapseSystem.ofSuite();

    static Stream<Endpoint> endpoints() {
        return Endpoint.describedBy(LapseSystem.ofSuite()).stream();
    }

    static Stream<Endpoint> endpointsThatNeedAToken() {
        return endpoints().filter(endpoint -> endpoint.isApi() && !endpoint.open());
    }

    @BeforeAll
    static void thereAreThingsToChange() {
        belongings = Belongings.ofDemo(LapseSystem.ofSuite());
        token = belongings.administrator().accessToken();
    }

    @AfterAll
    static void restore() {
        LapseSystem lapse = LapseSystem.ofSuite();
        lapse.service()
                .call(
                        "PATCH",
                        "/api/v2/organizations/authentication/settings",
                        "{\"domainAllowlistEnabled\":false,\"domainAllowlist\":[],\"ipAddressAllowlist\":[],"
                                + "\"passwordRequirements\":{\"minimumLength\":0,\"minimumDigits\":0,"
                                + "\"minimumLetters\":0,\"minimumUpper\":0,\"minimumLower\":0,\"minimumSpecials\":0}}")
                .expect(200);
        belongings.by(lapse.service()).clear();
        lapse.administrator().restore();
        AT_ONCE.shutdown();
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void faultIsNeverTheServers(Endpoint endpoint) {
        SoftAssertions all = new SoftAssertions();
        List<CompletableFuture<Map.Entry<Attack, Answer>>> answers = attacksOn(endpoint)
                .map(attack ->
                        CompletableFuture.supplyAsync(() -> Map.entry(attack, answerTo(endpoint, attack)), AT_ONCE))
                .toList();
        answers.stream()
                .map(CompletableFuture::join)
                .forEach(answered -> all.check(() -> check(endpoint, answered.getKey(), answered.getValue())));
        all.assertAll();
    }

    /**
     * Most of what an attack meets is there once for all endpoints: each takes its share, and all together take all.
     */
    private static Stream<Attack> attacksOn(Endpoint endpoint) {
        List<Attack> attacks = new Attacks(SEED, belongings.ids()).on(endpoint).toList();
        int first = Math.floorMod(endpoint.toString().hashCode(), SHARES);
        return IntStream.iterate(first, i -> i < attacks.size(), i -> i + SHARES)
                .mapToObj(attacks::get)
                .limit(endpoint.toString().equals(SLOW) ? ATTACKS_WHERE_IT_IS_SLOW : Long.MAX_VALUE);
    }

    /** The answer to somebody whose token is good, unless the token is what is wrong. */
    private Answer answerTo(Endpoint endpoint, Attack attack) {
        Answer answer = lapse.answerTo(attack.request(lapse, token));
        if (answer.status() == 401 && endpoint.isApi() && !attack.headers().containsKey("Authorization")) {
            token = lapse.service().accessToken();
            return lapse.answerTo(attack.request(lapse, token));
        }
        return answer;
    }

    private static void check(Endpoint endpoint, Attack attack, Answer answer) {
        assertThat(answer.status()).as("%s: %s", attack, answer.body()).isBetween(200, 499);
        if (endpoint.path().startsWith("/gate/")) {
            checkGate(attack, answer);
            return;
        }
        if (attack.mayBeRefusedByTheServer()
                && answer.header("ININ-Correlation-Id").isEmpty()) {
            assertThat(answer).as("%s", attack).hasStatus(400);
            return;
        }
        assertThat(answer.header("ININ-Correlation-Id")).as("%s", attack).isPresent();
        assertThat(answer.header("X-Injected")).as("%s", attack).isEmpty();
        if (answer.status() < 400 || endpoint.method().equals("HEAD")) {
            return;
        }
        assertThat(INSIDE.matcher(answer.body()).find())
                .as("%s tells: %s", attack, answer.body())
                .isFalse();
        if (endpoint.isApi()) {
            assertThat(answer).as("%s", attack).hasErrorBody();
        } else if (endpoint.path().equals(FOR_OUR_PAGES)) {
            if (answer.json().path("error").asText().isEmpty()) { // it is no form, and so answered as at /oauth
                assertThat(answer).as("%s", attack).hasErrorBody();
            }
        } else if (!attack.path().startsWith(endpoint.path() + "/")
                && answer.status() != 413
                && endpoint.form()
                && endpoint.path().startsWith("/oauth/")
                && !endpoint.path().endsWith("authorize")) {
            assertThat(answer.json().path("error").asText()).as("%s", attack).isNotBlank();
        }
    }

    /** A 200 is one that a token has earned, and says whose. */
    private static void checkGate(Attack attack, Answer answer) {
        assertThat(answer.status()).as("%s", attack).isIn(200, 400, 401);
        assertThat(answer.header("X-Lapse-Session").isPresent())
                .as("%s: %s", attack, answer)
                .isEqualTo(answer.status() == 200);
        assertThat(answer.header("X-Injected")).as("%s", attack).isEmpty();
        if (answer.status() == 401) {
            assertThat(answer.json().path("code").asText()).as("%s", attack).isNotBlank();
        }
    }

    @Test
    void gateLetsNobodyPassButAToken() {
        SoftAssertions all = new SoftAssertions();
        Attacks.onTheGate()
                .forEach(attack -> all.check(() -> {
                    checkGate(attack, lapse.answerTo(attack.request(lapse, token)));
                    Answer answer =
                            lapse.answerTo(attack.with("Authorization", "").request(lapse, ""));
                    checkGate(attack, answer);
                    assertThat(answer.status()).as("%s without a token", attack).isIn(400, 401);
                }));
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("endpointsThatNeedAToken")
    void nothingOfTheApiAnswersWithoutAToken(Endpoint endpoint) {
        String path = endpoint.pathWith("00000000-0000-0000-0000-000000000000");

        Attack wellFormed = Attack.on(endpoint, "call", path);
        Attack call = endpoint.hasBody()
                ? wellFormed.sending("{}".getBytes(StandardCharsets.UTF_8), "application/json")
                : wellFormed;

        Answer missing = lapse.answerTo(call.with("Authorization", "").request(lapse, ""));
        Answer garbage = lapse.answerTo(call.request(lapse, "garbage"));

        if (endpoint.method().equals("HEAD")) {
            assertThat(missing).hasStatus(401);
            assertThat(garbage).hasStatus(401);
        } else {
            assertThat(missing).isRefused(401, "authentication.required");
            assertThat(garbage).isRefused(401, "bad.credentials");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v2", "/api/v2/invented", "/api/v2/tokens/me/invented"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(lapse.service().get(path)).isRefused(404, "not.found");
    }

    @Test
    void methodThatIsNotAnsweredIsNotAllowed() {
        Answer answer = lapse.service().post("/api/v2/audits", "{}");

        assertThat(answer).isRefused(405, "method.not.allowed");
        assertThat(answer.header("Allow"))
                .hasValueSatisfying(allowed -> assertThat(allowed).contains("GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "INVENTED"})
    void methodThatServletsDoNotKnowIsNotAllowed(String method) {
        for (String path : SERVLETS) {
            Answer answer = lapse.service().call(method, path, null);

            assertThat(answer).hasStatus(405);
            assertThat(answer.header("Allow")).as("%s", answer).hasValueSatisfying(allowed -> assertThat(
                            allowed.split(", "))
                    .contains("OPTIONS")
                    .containsAnyOf("GET", "POST")
                    .doesNotContain(method));
            assertThat(answer).hasErrorBody();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth/token", "/oauth/introspect", "/oauth/revoke"})
    void whatIsPostedIsNotReadAndSaysSo(String path) {
        for (String method : List.of("GET", "HEAD")) {
            Answer answer = lapse.service().call(method, path, null);

            assertThat(answer).hasStatus(405);
            assertThat(answer.header("Allow")).as("%s %s", method, path).contains("OPTIONS, POST");
        }
    }

    @ParameterizedTest
    @MethodSource("endpointsThatNeedAToken")
    void everyResourceSaysWhichMethodsItAnswers(Endpoint endpoint) {
        String path = endpoint.pathWith("00000000-0000-0000-0000-000000000000");

        Answer answer = lapse.service().call("INVENTED", path, null);

        assertThat(answer).hasStatus(405);
        assertThat(answer.header("Allow")).as("%s", path).hasValueSatisfying(allowed -> assertThat(
                        allowed.split(",\\s*"))
                .contains(endpoint.method()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz=1", "a=%zz", "pageSize=%", "client_id=%zz", "session=%z", "name[]=%zz"})
    void queryThatIsNotPercentEncodedIsNobodysFault(String query) throws IOException {
        for (String path :
                List.of("/api/v2/audits", "/oauth/authorize", "/logout", "/relogin", "/metrics", "/health")) {
            assertThat(statusOfRawGet(path + "?" + query))
                    .as("%s?%s", path, query)
                    .isBetween(200, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "%u0041", "a%2", "\\", "|", "{}"})
    void pathThatIsNoPathIsNobodysFault(String segment) throws IOException {
        assertThat(statusOfRawGet("/api/v2/applications/" + segment)).isBetween(200, 499);
        assertThat(statusOfRawGet("/" + segment)).isBetween(200, 499);
    }

    /** A GET whose address {@link java.net.URI} would not take. */
    private int statusOfRawGet(String target) throws IOException {
        String answer = RawCall.answer(
                lapse.url(),
                "GET " + target,
                "Authorization: Bearer " + lapse.service().accessToken() + "\r\nConnection: close\r\n");
        assertThat(INSIDE.matcher(answer.toLowerCase(Locale.ROOT)).find())
                .as(answer)
                .isFalse();
        return RawCall.statusOf(answer);
    }

    @Test
    void bodyBeyondTheLimitIsTooLarge() {
        String large = "{\"name\":\"" + "x".repeat(70_000) + "\"}";

        assertThat(lapse.service().put("/api/v2/applications/demo-desk", large))
                .isRefused(413, "request.entity.too.large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/tokens/timeout",
                "/oauth/authorize",
                "/oauth/introspect",
                "/oauth/revoke",
                "/oauth/token",
                "/gax/api/cfg/objects",
                "/gax/api/session/login",
                "/relogin",
                "/logout",
                "/demo/clock",
            })
    void nothingReadsABodyBeyondTheLimit(String path) {
        HttpRequest large = HttpRequest.newBuilder(lapse.url(path))
                .POST(BodyPublishers.ofString("x".repeat(70_000)))
                .build();

        assertThat(lapse.answerTo(large)).hasStatus(413);
    }

    @Test
    void bodyOfAnotherTypeIsNotRead() {
        Endpoint endpoint = new Endpoint("PUT", "/api/v2/tokens/timeout", List.of(), false, List.of(), false);
        Attack attack = Attack.on(endpoint, "text", endpoint.path()).sending(new byte[] {'{', '}'}, "text/plain");

        assertThat(lapse.answerTo(attack.request(lapse, lapse.service().accessToken())))
                .isRefused(415, "unsupported.media.type");
    }
}

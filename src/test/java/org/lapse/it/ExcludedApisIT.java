package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls do not reset the timer, and what else an organization asks of those who use its tokens. */
@OnServer
class ExcludedApisIT {
    private static final String SETTINGS = "/api/v2/organizations/authentication/settings";
    private static final String CLIENT_APP = "/api/v2/integrations/clientapps/0a3f2f7e-25a4-4d2e-9a8e-3d1f6b0c9f11";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @BeforeEach
    void setTimeout() {
        administrator.setTimeout(Duration.ofMinutes(5));
    }

    @AfterEach
    void restore() {
        change("{\"inactivityTimeoutExclusions\":[],\"ipAddressAllowlist\":[],\"domainAllowlistEnabled\":false,"
                        + "\"domainAllowlist\":[],\"passwordRequirements\":{\"minimumLength\":0}}")
                .expect(200);
        administrator.restore();
    }

    private Answer change(String json) {
        return lapse.service().call("PATCH", SETTINGS, json);
    }

    private void exclude(String... names) {
        change("{\"inactivityTimeoutExclusions\":[\"" + String.join("\",\"", names) + "\"]}")
                .expect(200);
    }

    /** Whether a call moves the moment at which the token will idle. */
    private static boolean resets(TokenHolder holder, Runnable call) {
        Instant before = idles(holder);
        call.run();
        return idles(holder).isAfter(before);
    }

    private static Instant idles(TokenHolder holder) {
        return Instant.parse(holder.get("/api/v2/tokens/me?preserveIdleTTL=true")
                .expect(200)
                .json()
                .required("dateTokenIdles")
                .asText());
    }

    @Test
    void defaultApiResetsTheTimerUntilItIsExcluded() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        List<String> apis = List.of(
                "GET api/v2/featuretoggles",
                "POST api/v2/diagnostics/newrelic/insights",
                "POST api/v2/diagnostics/trace",
                "GET api/v2/integrations/clientapps",
                "GET api/v2/users/me");

        assertThat(apis).allMatch(api -> resets(alice, () -> call(alice, api)));
        exclude(apis.stream().map(api -> api.substring(api.indexOf(' ') + 1)).toArray(String[]::new));
        assertThat(apis).noneMatch(api -> resets(alice, () -> call(alice, api)));
        assertThat(resets(alice, () -> call(alice, "GET api/v2/organizations/me")))
                .isTrue();
    }

    private static void call(TokenHolder holder, String api) {
        String[] methodAndPath = api.split(" ", 2);
        String body = methodAndPath[0].equals("POST") ? "{\"level\":\"info\"}" : null;
        assertThat(holder.call(methodAndPath[0], "/" + methodAndPath[1], body).status())
                .isBetween(200, 204);
    }

    @Test
    void everySpellingThatTheServerTakesIsExcluded() {
        exclude("GET /api/v2/users/me?expand=all");
        TokenHolder alice = lapse.signIn("alice@demo.example");

        for (String path : List.of("/api/v2/users/me/", "/api/v2/users/me;x=1", "/api/v2/users;y/me?expand=groups")) {
            assertThat(resets(alice, () -> alice.get(path).expect(200)))
                    .as(path)
                    .isFalse();
        }
    }

    @Test
    void excludedCallsAreCountedApart() {
        exclude("api/v2/*");
        double before = lapse.metric("lapse_activity_total{outcome=\"excluded\"}");
        TokenHolder alice = lapse.signIn("alice@demo.example");

        assertThat(resets(alice, () -> alice.use().expect(200))).isFalse();

        assertThat(lapse.metric("lapse_activity_total{outcome=\"excluded\"}")).isGreaterThan(before);
        assertThat(resets(alice, () -> alice.beat().expect(200)))
                .as("the heartbeat is always activity")
                .isTrue();
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() {
        TokenHolder service = lapse.service();
        JsonNode before = service.get(SETTINGS).expect(200).json();

        Map.ofEntries(
                        Map.entry(
                                "{\"inactivityTimeoutExclusions\":[\"api/v2/a\",\"b c\"]}",
                                "inactivityTimeoutExclusions[1]"),
                        Map.entry(
                                "{\"inactivityTimeoutExclusions\":[\"api/v2/tokens/me/activity\"]}",
                                "inactivityTimeoutExclusions[0]"),
                        Map.entry("{\"inactivityTimeoutExclusions\":[null]}", "inactivityTimeoutExclusions[0]"),
                        Map.entry(
                                "{\"ipAddressAllowlist\":[\"127.0.0.0/8\",\"::/0\",\"host\"]}",
                                "ipAddressAllowlist[2]"),
                        Map.entry("{\"ipAddressAllowlist\":[\"192.0.2.0/24\"]}", "ipAddressAllowlist"),
                        Map.entry("{\"domainAllowlist\":[\"a b\"]}", "domainAllowlist[0]"),
                        Map.entry(
                                "{\"multifactorAuthenticationGroups\":[\"00000000-0000-0000-0000-000000000000\"]}",
                                "multifactorAuthenticationGroups"),
                        Map.entry("{\"universalLogout\":false}", "universalLogout"),
                        Map.entry("{\"tokenStorageLocation\":\"anywhere\"}", "tokenStorageLocation"),
                        Map.entry(
                                "{\"passwordRequirements\":{\"minimumDigits\":65}}",
                                "passwordRequirements.minimumDigits"),
                        Map.entry(
                                "{\"passwordRequirements\":{\"expirationDays\":1}}",
                                "passwordRequirements.expirationDays"))
                .forEach((change, field) -> assertThat(service.call("PATCH", SETTINGS, change))
                        .isRefused(400, "invalid.value")
                        .namesField(field));

        assertThat(service.get(SETTINGS).json()).isEqualTo(before);
    }

    @Test
    void changeNamesOnlyWhatItChangesAndIsAudited() {
        exclude("https://lapse.example/api/v2/x?y=1", "api/v2/users/me", "/api/v2/users/me/");
        JsonNode after = change("{\"passwordRequirements\":{\"minimumLength\":12}}")
                .expect(200)
                .json();

        assertThat(after.required("inactivityTimeoutExclusions").toString())
                .isEqualTo("[\"api/v2/x\",\"api/v2/users/me\"]");
        assertThat(after.required("passwordRequirements")
                        .required("minimumLength")
                        .asInt())
                .isEqualTo(12);
        assertThat(after.required("universalLogout").asBoolean()).isTrue();
        String organization = lapse.service()
                .get("/api/v2/organizations/me")
                .json()
                .required("id")
                .asText();
        assertThat(administrator
                        .auditsOf(organization)
                        .get(0)
                        .required("action")
                        .asText())
                .isEqualTo("authentication.update");
    }

    @Test
    void changeOfAStateThatIsPastIsRefused() {
        exclude("api/v2/a");
        TokenHolder service = lapse.service();
        String tag = service.get(SETTINGS).header("ETag").orElseThrow();
        exclude("api/v2/b");

        assertThat(lapse.answerTo(patch(service, "If-Match", tag).build()))
                .hasStatus(412)
                .hasErrorBody();
        assertThat(lapse.answerTo(patch(
                                service,
                                "If-Match",
                                service.get(SETTINGS).header("ETag").orElseThrow())
                        .build()))
                .hasStatus(200);
    }

    @Test
    void pageOfAnotherDomainMayNotUseATokenWhereDomainsArePermitted() {
        change("{\"domainAllowlistEnabled\":true,\"domainAllowlist\":[\"*.desk.example\"]}")
                .expect(200);
        TokenHolder service = lapse.service();

        assertThat(lapse.answerTo(
                        patch(service, "Origin", "https://evil.example").build()))
                .isRefused(403, "not.authorized");
        assertThat(lapse.answerTo(
                        patch(service, "Origin", "https://one.desk.example").build()))
                .hasStatus(200);
        service.use().expect(200);
    }

    private HttpRequest.Builder patch(TokenHolder holder, String header, String value) {
        return HttpRequest.newBuilder(lapse.url(SETTINGS))
                .header("Authorization", "Bearer " + holder.accessToken())
                .header("Content-Type", "application/json")
                .header(header, value)
                .method("PATCH", BodyPublishers.ofString("{}"));
    }

    @Test
    void clientsLogIsReadByTheAdministratorWithoutItsTokens() {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        alice.post("/api/v2/diagnostics/trace", "{\"message\":\"used " + alice.accessToken() + "\"}")
                .expect(204);

        Answer read = lapse.service().get("/api/v2/diagnostics/trace").expect(200);

        JsonNode entry = read.json().required("entities").get(0);
        assertThat(entry.required("content").required("message").asText()).isEqualTo("used [redacted]");
        assertThat(entry.required("sessionId").asText()).isEqualTo(alice.sessionId());
        assertThat(alice.get("/api/v2/diagnostics/trace")).isRefused(403, "missing.permissions");
        assertThat(alice.post("/api/v2/diagnostics/trace", "{\"a\":\"" + "x".repeat(17_000) + "\"}"))
                .isRefused(400, "bad.request");
    }

    @Test
    void applicationIsEmbedded() {
        TokenHolder service = lapse.service();
        service.put(CLIENT_APP, "{\"name\":\"Desk\",\"applicationId\":\"demo-desk\",\"url\":\"https://desk.example/\"}")
                .expect(200);

        JsonNode app = lapse.signIn("alice@demo.example")
                .get("/api/v2/integrations/clientapps")
                .expect(200)
                .json()
                .required("entities")
                .get(0);

        assertThat(app.required("name").asText()).isEqualTo("Desk");
        assertThat(app.at("/config/current/properties/url").asText()).isEqualTo("https://desk.example/");
        assertThat(service.put(
                        CLIENT_APP,
                        "{\"name\":\"Desk\",\"applicationId\":\"demo-desk\",\"url\":\"http://desk.example/\"}"))
                .isRefused(400, "invalid.value")
                .namesField("url");
        service.delete(CLIENT_APP).expect(204);
        assertThat(service.delete(CLIENT_APP)).isRefused(404, "not.found");
    }

    @Test
    void knownApisAreFoundByAPartOfTheirPath() {
        TokenHolder service = lapse.service();
        service.put(
                        "/api/v2/apis/documents/crm",
                        "{\"openapi\":\"3.0.3\",\"servers\":[{\"url\":\"https://crm.example/base/v1\"}],"
                                + "\"paths\":{\"/contacts/{id}\":{\"get\":{},\"parameters\":[]}}}")
                .expect(200);

        assertThat(service.get("/api/v2/apis?contains=contacts")
                        .json()
                        .required("entities")
                        .toString())
                .isEqualTo("[{\"method\":\"GET\",\"path\":\"base/v1/contacts/{id}\"}]");
        assertThat(service.get("/api/v2/apis?contains=/api/v2/users/me&pageSize=1")
                        .json()
                        .required("entities")
                        .toString())
                .isEqualTo("[{\"method\":\"GET\",\"path\":\"api/v2/users/me\"}]");
        assertThat(service.get("/api/v2/apis/documents")
                        .json()
                        .required("total")
                        .asInt())
                .isEqualTo(1);
        service.delete("/api/v2/apis/documents/crm").expect(204);
        assertThat(service.get("/api/v2/apis?contains=contacts")
                        .json()
                        .required("total")
                        .asInt())
                .isZero();
    }

    @Test
    void documentThatIsNoneIsRefused() {
        TokenHolder service = lapse.service();

        for (String document : List.of(
                "{}",
                "{\"openapi\":\"3.0.3\",\"paths\":[]}",
                "{\"openapi\":\"3.0.3\",\"paths\":{\"/a{b}\":{\"get\":{}}}}",
                "{\"openapi\":\"3.0.3\",\"servers\":[{\"url\":\"a b\"}],\"paths\":{}}")) {
            assertThat(service.put("/api/v2/apis/documents/none", document)).isRefused(400, "invalid.value");
        }
    }
}

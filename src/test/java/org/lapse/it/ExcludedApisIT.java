package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({
        "GET,  featuretoggles",
        "POST, diagnostics/newrelic/insights",
        "POST, diagnostics/trace",
        "GET,  integrations/clientapps",
        "GET,  users/me"
    })
    void defaultApiResetsTheTimerUntilItIsExcluded(String method, String api) {
        TokenHolder alice = lapse.signIn("alice@demo.example");
        String body = method.equals("POST") ? "{\"level\":\"info\"}" : null;
        Runnable call = () ->
                assertThat(alice.call(method, "/api/v2/" + api, body).status()).isBetween(200, 204);

        assertThat(resets(alice, call)).isTrue();
        exclude("api/v2/" + api);
        assertThat(resets(alice, call)).isFalse();
        assertThat(resets(alice, () -> alice.get("/api/v2/organizations/me").expect(200)))
                .isTrue();
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"inactivityTimeoutExclusions\":[\"api/v2/a\",\"b c\"]}          | inactivityTimeoutExclusions[1]",
                "{\"inactivityTimeoutExclusions\":[\"api/v2/tokens/me/activity\"]} | inactivityTimeoutExclusions[0]",
                "{\"inactivityTimeoutExclusions\":[null]}                          | inactivityTimeoutExclusions[0]",
                "{\"ipAddressAllowlist\":[\"127.0.0.0/8\",\"::/0\",\"host\"]}      | ipAddressAllowlist[2]",
                "{\"ipAddressAllowlist\":[\"192.0.2.0/24\"]}                       | ipAddressAllowlist",
                "{\"domainAllowlist\":[\"a b\"]}                                   | domainAllowlist[0]",
                "{\"multifactorAuthenticationRequired\":true}                      | multifactorAuthenticationRequired",
                "{\"universalLogout\":false}                                       | universalLogout",
                "{\"tokenStorageLocation\":\"anywhere\"}                           | tokenStorageLocation",
                "{\"passwordRequirements\":{\"minimumDigits\":65}}                 | passwordRequirements.minimumDigits",
                "{\"passwordRequirements\":{\"expirationDays\":1}}                 | passwordRequirements.expirationDays"
            })
    void whatCannotBeIsRefusedAndChangesNothing(String change, String field) {
        JsonNode before = lapse.service().get(SETTINGS).expect(200).json();

        assertThat(change(change)).isRefused(400, "invalid.value").namesField(field);

        assertThat(lapse.service().get(SETTINGS).json()).isEqualTo(before);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"openapi\":\"3.0.3\",\"paths\":[]}",
                "{\"openapi\":\"3.0.3\",\"paths\":{\"/a{b}\":{\"get\":{}}}}",
                "{\"openapi\":\"3.0.3\",\"servers\":[{\"url\":\"a b\"}],\"paths\":{}}"
            })
    void documentThatIsNoneIsRefused(String document) {
        assertThat(lapse.service().put("/api/v2/apis/documents/none", document)).isRefused(400, "invalid.value");
    }
}

package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who did what, when, from where and through what? */
@OnServer
@OnEveryCombination
class AuditIT {
    private static final String AUDITS = "/api/v2/audits";
    private static final String BEHIND_A_PROXY = "203.0.113.9";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final TokenHolder service = lapse.service();

    private JsonNode audits(String query) {
        return service.get(AUDITS + "?" + query).expect(200).json();
    }

    private static List<String> actionsOf(JsonNode page) {
        return page.required("entities").findValuesAsText("action");
    }

    private static void assertFromHere(JsonNode row) {
        try {
            assertThat(InetAddress.getByName(row.required("remoteAddress").asText()))
                    .matches(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new AssertionError("No address in " + row, e);
        }
    }

    @Test
    void sessionThatAnAdministratorEndsShowsTheAdministrator() {
        String username = UUID.randomUUID() + "@demo.example";
        String user = administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);

        service.call("DELETE", "/api/v2/tokens/" + user, null, Map.of("X-Forwarded-For", BEHIND_A_PROXY))
                .expect(200);

        JsonNode rows = audits("entityType=session&entityId=" + desk.sessionId());
        assertThat(actionsOf(rows)).containsExactly("session.end", "session.open");
        JsonNode end = rows.required("entities").get(0);
        assertThat(end.required("reason").asText()).isEqualTo("FORCED");
        assertThat(end.required("actorType").asText()).isEqualTo("application");
        assertThat(end.required("actorId").asText()).isEqualTo(LapseSystem.SERVICE_ID);
        assertThat(end.required("applicationId").asText()).isEqualTo(LapseSystem.SERVICE_ID);
        assertThat(end.required("remoteAddress").asText()).isEqualTo(BEHIND_A_PROXY);
        JsonNode open = rows.required("entities").get(1);
        assertThat(open.required("actorId").asText()).isEqualTo(user);
        assertThat(open.required("applicationId").asText()).isEqualTo(DemoDesk.ID);
        assertFromHere(open);
        assertThat(service.get(AUDITS + "/" + end.required("id").asText())
                        .expect(200)
                        .json())
                .isEqualTo(end);

        TokenHolder again = lapse.signIn(username);
        String version =
                service.get("/api/v2/users/" + user).json().required("version").asText();
        service.call("PATCH", "/api/v2/users/" + user, "{\"version\":" + version + ",\"state\":\"inactive\"}")
                .expect(200);
        JsonNode disabled = administrator.endsOf(again).get(0);
        assertThat(disabled.required("reason").asText()).isEqualTo("USER_DISABLED");
        assertThat(disabled.required("actorId").asText()).isEqualTo(LapseSystem.SERVICE_ID);
    }

    @Test
    void recordsAreFoundByWhomTheyConcernWhoeverActed() {
        String username = UUID.randomUUID() + "@demo.example";
        String user = administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        TokenHolder other = lapse.signIn(username);
        String sessionIds = "{\"sessionIds\":[\"" + desk.sessionId() + "\"]}";
        service.post("/api/v2/sessions/lock", sessionIds).expect(200);
        service.post("/api/v2/sessions/end", sessionIds).expect(200);
        other.post("/api/v2/tokens/me/holds", "{\"reason\":\"a call\"}").expect(200);

        JsonNode rows = audits("concerns=" + user + "&sortOrder=asc").required("entities");

        assertThat(rows.findValuesAsText("action"))
                .contains("user.create", "signin", "session.open", "session.lock", "session.end", "hold.open");
        assertThat(rows).allSatisfy(row -> assertThat(
                        row.required("concerns").required("userId").asText())
                .isEqualTo(user));
        assertThat(rows)
                .filteredOn(row -> row.required("action").asText().equals("session.lock"))
                .singleElement()
                .satisfies(lock -> {
                    JsonNode concerns = lock.required("concerns");
                    assertThat(concerns.required("sessionId").asText()).isEqualTo(desk.sessionId());
                    assertThat(concerns.required("applicationId").asText()).isEqualTo(DemoDesk.ID);
                    assertThat(lock.required("actorId").asText()).isEqualTo(LapseSystem.SERVICE_ID);
                });
        JsonNode first = audits("concerns=" + user + "&pageSize=2");
        assertThat(first.required("nextUri").asText()).contains("concerns=" + user);
        assertThat(audits("concerns=" + UUID.randomUUID()).required("total").asInt())
                .isZero();
    }

    @Test
    void lapseOfASessionConcernsItsUser() {
        String username = UUID.randomUUID() + "@demo.example";
        String user = administrator.createUser(username);
        administrator.setTimeout(Duration.ofMinutes(1));
        try {
            lapse.signIn(username);
            lapse.letPass(Duration.ofMinutes(1));

            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(actionsOf(lapse.service()
                            .get(AUDITS + "?actorType=policy&concerns=" + user)
                            .json()))
                    .containsExactly("session.end"));
        } finally {
            administrator.restore();
        }
    }

    @Test
    void signInsAreRecordedAndRefusedOnesWithoutWhatWasTyped() {
        String username = UUID.randomUUID() + "@demo.example";
        String user = administrator.createUser(username);
        DemoDesk desk = new DemoDesk(lapse, new Browser(lapse));
        String typed = "typed " + UUID.randomUUID();
        String nobody = "nobody " + UUID.randomUUID();

        Answer page = desk.fillIn(desk.authorize(), username, typed).expect(403);
        page = desk.fillIn(page, nobody, DemoDesk.PASSWORD).expect(403);
        desk.comeBack(desk.fillIn(page, username, DemoDesk.PASSWORD));
        assertThat(new FrameworkAdministrator(lapse).logIn(username, typed)).isRefused(401, "bad.credentials");

        JsonNode rows = audits("action=signin.*&sortOrder=asc&entityId=" + user);
        assertThat(actionsOf(rows)).containsExactly("signin.refuse", "signin", "signin.refuse");
        assertThat(rows.required("entities").findValuesAsText("actorType"))
                .containsExactly("unknown", "user", "unknown");
        assertThat(rows.required("entities").get(0).required("applicationId").asText())
                .isEqualTo(DemoDesk.ID);
        rows.required("entities").forEach(AuditIT::assertFromHere);
        assertThat(audits("action=signin.*&pageSize=20").toString()).doesNotContain(typed, nobody);
    }

    @Test
    void filtersNarrowTheListingAndTotalsAreExact() {
        String role = administrator.createRole("audits:audit:view");
        String path = "/api/v2/authorization/roles/" + role;
        service.put(path, "{\"name\":\"Auditors " + role + "\"}").expect(200);
        service.delete(path).expect(200);
        String ofRole = "entityId=" + role;

        JsonNode all = audits(ofRole + "&sortOrder=asc");
        assertThat(all.required("total").asInt()).isEqualTo(3);
        assertThat(actionsOf(all)).containsExactly("role.create", "role.update", "role.delete");
        JsonNode update = all.required("entities").get(1);
        assertThat(update.required("before")).isNotEqualTo(update.required("after"));
        String when = update.required("dateRecorded").asText();

        JsonNode from = audits(ofRole + "&from=" + when);
        assertThat(actionsOf(from)).containsExactly("role.delete", "role.update");
        assertThat(actionsOf(audits(ofRole + "&to=" + when))).containsExactly("role.create");
        assertThat(actionsOf(audits(ofRole + "&action=role.*&entityType=role&actorType=application&actorId="
                        + LapseSystem.SERVICE_ID + "&applicationId=" + LapseSystem.SERVICE_ID + "&remoteAddress="
                        + URLEncoder.encode(update.required("remoteAddress").asText(), StandardCharsets.UTF_8))))
                .hasSize(3);
        assertThat(audits(ofRole + "&reason=FORCED").required("total").asInt()).isZero();
        assertThat(audits(ofRole + "&actorType=policy").required("total").asInt())
                .isZero();

        JsonNode first = audits(ofRole + "&action=role.*&pageSize=2");
        assertThat(first.required("total").asInt()).isEqualTo(3);
        JsonNode second =
                service.get(first.required("nextUri").asText()).expect(200).json();
        assertThat(actionsOf(second)).containsExactly("role.create");
    }

    @ParameterizedTest
    @CsvSource({
        "action, ses%25",
        "actorType, nobody",
        "reason, WHY",
        "from, now",
        "sortOrder, sideways",
        "entityId, ''",
        "concerns, alice"
    })
    void malformedFilterIsNamed(String field, String value) {
        assertThat(service.get(AUDITS + "?" + field + "=" + value))
                .isRefused(400, "invalid.value")
                .namesField(field);
    }

    @Test
    void recordOfNobodyIsNotFound() {
        assertThat(service.get(AUDITS + "/" + UUID.randomUUID())).isRefused(404, "not.found");
        assertThat(service.get(AUDITS + "/no-id")).isRefused(404, "not.found");
    }

    @Test
    void listingDescribesItsFilters() {
        assertThat(lapse.send(HttpRequest.newBuilder(URI.create(lapse.url() + "/openapi"))
                                .header("Accept", "application/json")
                                .build())
                        .body())
                .contains("\"entityType\"", "\"actorType\"", "\"remoteAddress\"");
    }

    @Test
    void noRecordHoldsASecret() {
        String start = audits("pageSize=1")
                .required("entities")
                .get(0)
                .required("dateRecorded")
                .asText();
        List<String> secrets = new ArrayList<>();
        JsonNode client = administrator.createClient();
        String clientId = client.required("id").asText();
        String secret = client.required("secret").asText();
        secrets.add(secret);
        secrets.add(
                Tokens.of(lapse.postAs(clientId, secret, "/oauth/token", Form.of("grant_type", "client_credentials")))
                        .access());
        secrets.add(service.post("/api/v2/oauth/clients/" + clientId + "/secret", "")
                .expect(200)
                .json()
                .required("secret")
                .asText());
        String username = UUID.randomUUID() + "@demo.example";
        String user = administrator.createUser(username);
        String password = "A new passw0rd " + UUID.randomUUID();
        service.post("/api/v2/users/" + user + "/password", "{\"newPassword\":\"" + password + "\"}")
                .expect(200);
        secrets.add(password);
        secrets.add(DemoDesk.PASSWORD);
        secrets.add(new DemoDesk(lapse, new Browser(lapse))
                .signIn(username, password)
                .accessToken());
        secrets.add(service.accessToken());
        secrets.add("$argon2");
        secrets.add("eyJ");

        List<JsonNode> rows = new ArrayList<>();
        @Nullable String next = AUDITS + "?pageSize=500&sortOrder=asc&from=" + start;
        while (next != null) {
            JsonNode page = service.get(next).expect(200).json();
            page.required("entities").forEach(rows::add);
            next = page.path("nextUri").asText(null);
        }

        assertThat(rows)
                .extracting(row -> row.required("action").asText())
                .contains("client.create", "client.secret.update", "user.create", "user.password.update", "signin");
        assertThat(rows).allSatisfy(row -> assertThat(row.toString()).doesNotContain(secrets));
    }
}

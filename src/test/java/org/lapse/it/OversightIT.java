package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator sees of live sessions, and does with them. */
@OnServer
class OversightIT {
    private static final String SESSIONS = "/api/v2/sessions";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final String username = UUID.randomUUID() + "@demo.example";

    @AfterEach
    void restore() {
        administrator.restore();
    }

    private JsonNode sessions(String query) {
        return lapse.service().get(SESSIONS + "?" + query).expect(200).json();
    }

    private JsonNode session(TokenHolder holder) {
        return lapse.service()
                .get(SESSIONS + "/" + holder.sessionId())
                .expect(200)
                .json();
    }

    private static List<String> idsOf(JsonNode page) {
        return StreamSupport.stream(page.required("entities").spliterator(), false)
                .map(session -> session.required("id").asText())
                .toList();
    }

    private int change(String what, TokenHolder... holders) {
        String ids = String.join(
                "\",\"", List.of(holders).stream().map(TokenHolder::sessionId).toList());
        return lapse.service()
                .post(SESSIONS + "/" + what, "{\"sessionIds\":[\"" + ids + "\"]}")
                .expect(200)
                .json()
                .required("changed")
                .asInt();
    }

    @Test
    void nodeThatIsAloneSaysSo() {
        JsonNode nodes = lapse.service().get("/api/v2/nodes").expect(200).json().required("entities");

        assertThat(nodes).hasSize(1);
        assertThat(nodes.get(0).required("state").asText()).isEqualTo("alone");
        assertThat(nodes.get(0).required("self").asBoolean()).isTrue();
        assertThat(nodes.get(0).required("version").asText()).matches("\\d.*");
        assertThat(nodes.get(0).has("leaseUntil")).isFalse();
    }

    @Test
    void liveSessionShowsWhoseItIsHowLongStillAndWhy() {
        String user = administrator.createUser(username);
        administrator.setTimeout(Duration.ofMinutes(30));
        administrator.setDeskOption("inactivity-timeout", "10");
        administrator.setDeskOption("on-inactivity", "lock");
        TokenHolder desk = lapse.signIn(username);

        JsonNode session = session(desk);

        assertThat(session.at("/user/id").asText()).isEqualTo(user);
        assertThat(session.at("/user/username").asText()).isEqualTo(username);
        assertThat(session.at("/application/name").asText()).isEqualTo("Demo Desk");
        assertThat(session.required("state").asText()).isEqualTo("active");
        assertThat(session.required("current").asBoolean()).isFalse();
        assertThat(session.required("onInactivity").asText()).isEqualTo("lock");
        assertThat(session.required("timeoutSeconds").asInt()).isEqualTo(600);
        assertThat(session.required("rule").asText()).isEqualTo("application");
        assertThat(session.required("option").asText()).isEqualTo("[security] inactivity-timeout");
        assertThat(session.at("/overruled/0/rule").asText()).isEqualTo("organization");
        assertThat(session.at("/overruled/0/why").asText()).isEqualTo("longer");
        assertThat(session.required("secondsLeft").asDouble()).isBetween(1.0, 600.0);
        assertThat(session.required("dateOpened").asText()).isNotBlank();
    }

    @Test
    void whatResetTheTimerLastIsNamedWithoutIds() {
        String user = administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        assertThat(session(desk).required("lastResetBy").asText()).isEqualTo("sign-in");

        desk.get("/api/v2/users/" + user + "/timeout").expect(200);
        assertThat(session(desk).required("lastResetBy").asText()).isEqualTo("GET api/v2/users/{}/timeout");

        desk.beat().expect(200);
        assertThat(session(desk).required("lastResetBy").asText()).isEqualTo("POST api/v2/tokens/me/activity");

        desk.get("/api/v2/tokens/me?preserveIdleTTL=true").expect(200);
        desk.get("/api/v2/invented").expect(404);
        assertThat(session(desk).required("lastResetBy").asText()).isEqualTo("POST api/v2/tokens/me/activity");

        lapse.postAsService(
                        "/oauth/introspect",
                        Form.of("token", desk.accessToken(), "method", "GET", "uri", "/crm/v1/customers/4711?x=1"))
                .expect(200);
        assertThat(session(desk).required("lastResetBy").asText()).isEqualTo("GET crm/v1/customers/{}");
        String encoded = URLEncoder.encode("GET crm/v1/customers/{}", StandardCharsets.UTF_8);
        assertThat(idsOf(sessions("lastResetBy=" + encoded))).containsExactly(desk.sessionId());
    }

    @Test
    void filtersNarrowTheListingAndTotalsAreExact() {
        String user = administrator.createUser(username);
        TokenHolder first = lapse.signIn(username);
        TokenHolder second = lapse.signIn(username);
        String group = administrator.createGroup(user);

        JsonNode page = sessions("userId=" + user + "&pageSize=1&sortBy=lastActivity&sortOrder=desc");
        assertThat(page.required("total").asInt()).isEqualTo(2);
        assertThat(page.required("pageCount").asInt()).isEqualTo(2);
        assertThat(idsOf(page)).containsExactly(second.sessionId());
        JsonNode next = lapse.service()
                .get(page.required("nextUri").asText())
                .expect(200)
                .json();
        assertThat(idsOf(next)).containsExactly(first.sessionId());

        assertThat(idsOf(sessions("groupId=" + group)))
                .containsExactlyInAnyOrder(first.sessionId(), second.sessionId());
        assertThat(idsOf(sessions("contains=" + username.substring(0, 20).toUpperCase(java.util.Locale.ROOT))))
                .containsExactlyInAnyOrder(first.sessionId(), second.sessionId());
        assertThat(idsOf(sessions("userId=" + user + "&state=locked"))).isEmpty();
        assertThat(idsOf(sessions("userId=" + user + "&applicationId=demo-service")))
                .isEmpty();
        assertThat(idsOf(sessions("userId=" + user + "&rule=none"))).hasSize(2);
        assertThat(idsOf(sessions("userId=" + user + "&lapsingWithin=300"))).isEmpty();

        administrator.setTimeout(Duration.ofMinutes(5));
        assertThat(idsOf(sessions("userId=" + user + "&rule=organization&lapsingWithin=300")))
                .hasSize(2);
        assertThat(lapse.service()
                        .get(SESSIONS + "?pageSize=2&pageNumber=999")
                        .expect(200)
                        .json()
                        .required("entities"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=gone",
                "lapsingWithin=0",
                "lapsingWithin=86401",
                "userId=x",
                "groupId=",
                "rule=mine",
                "sortBy=colour",
                "sortOrder=up",
                "pageSize=501"
            })
    void malformedQueryIsRefusedWithItsName(String query) {
        Answer answer = lapse.service().get(SESSIONS + "?" + query);

        assertThat(answer).isRefused(400, "invalid.value");
        assertThat(answer.json().at("/details/0/fieldName").asText()).isEqualTo(query.split("=", 2)[0]);
    }

    @Test
    void heldSessionIsActiveAndSaysUntilWhen() {
        administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        desk.post("/api/v2/tokens/me/holds", "{\"reason\":\"a call\",\"seconds\":600}")
                .expect(200);

        assertThat(session(desk).required("state").asText()).isEqualTo("held");
        assertThat(session(desk).required("heldUntil").asText()).isNotBlank();
        assertThat(idsOf(sessions("state=active&contains=" + username))).containsExactly(desk.sessionId());
    }

    @Test
    void sessionsThatAreEndedAreGoneAtOnceAndTheAuditNamesWhoDidIt() {
        administrator.createUser(username);
        TokenHolder one = lapse.signIn(username);
        TokenHolder two = lapse.signIn(username);
        TokenHolder stays = lapse.signIn(username);

        assertThat(change("end", one, two)).isEqualTo(2);

        assertThat(one.use()).isRefused(401, "bad.credentials");
        assertThat(two.use()).isRefused(401, "bad.credentials");
        stays.use().expect(200);
        assertThat(change("end", one, two)).isZero();
        assertThat(lapse.service().get(SESSIONS + "/" + one.sessionId())).isRefused(404, "not.found");
        JsonNode end = administrator.endsOf(one).get(0);
        assertThat(end.required("reason").asText()).isEqualTo("FORCED");
        assertThat(end.required("actorId").asText()).isEqualTo(LapseSystem.SERVICE_ID);
    }

    @Test
    void sessionsThatAreLockedWaitForTheirUsersAndTheAuditNamesWhoDidIt() {
        administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        TokenHolder service = lapse.service();

        assertThat(change("lock", desk, service)).isEqualTo(1);

        service.use().expect(200);
        assertThat(desk.use()).isRefused(401, "insufficient_user_authentication");
        assertThat(session(desk).required("state").asText()).isEqualTo("locked");
        assertThat(session(desk).required("dateLocked").asText()).isNotBlank();
        assertThat(change("lock", desk)).isZero();
        JsonNode lock = administrator.auditsOf(desk.sessionId()).get(0);
        assertThat(lock.required("action").asText()).isEqualTo("session.lock");
        assertThat(lock.required("actorId").asText()).isEqualTo(LapseSystem.SERVICE_ID);
        assertThat(lock.at("/after/lastActivity").asText()).isNotBlank();
        assertThat(lock.at("/after").has("rule")).isFalse();

        desk.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);
        assertThat(session(desk).required("lastResetBy").asText()).isEqualTo("re-login");
        desk.use().expect(200);
    }

    @Test
    void nothingIsDoneWithoutAListOfIds() {
        for (String what : List.of("end", "lock")) {
            assertThat(lapse.service().post(SESSIONS + "/" + what, "{}")).isRefused(400, "invalid.value");
            assertThat(lapse.service().post(SESSIONS + "/" + what, "{\"sessionIds\":[null]}"))
                    .isRefused(400, "invalid.value");
        }
    }

    @Test
    void sessionsAreCountedByStateApplicationAndReset() {
        administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        change("lock", lapse.signIn(username));
        administrator.setTimeout(Duration.ofMinutes(5));
        desk.get("/api/v2/featuretoggles").expect(200);

        JsonNode counts = lapse.service().get(SESSIONS + "/counts").expect(200).json();

        long live = counts.required("live").asLong();
        assertThat(counts.required("active").asLong()
                        + counts.required("locked").asLong())
                .isEqualTo(live);
        assertThat(counts.required("locked").asLong()).isPositive();
        assertThat(counts.required("lapsing").asLong()).isPositive();
        assertThat(counts.required("applications").findValuesAsText("id")).contains(DemoDesk.ID);
        assertThat(Instant.parse(counts.required("dateCounted").asText()))
                .isBetween(lapse.now().minusSeconds(60), lapse.now());
        assertThat(sessions("pageSize=1").required("total").asLong()).isPositive();
    }

    @Test
    void previewSaysHowManyPeopleGetWhatAndChangesNothing() {
        String user = administrator.createUser(username);
        String group = administrator.createGroup(user);
        TokenHolder desk = lapse.signIn(username);
        String before = lapse.service().get("/api/v2/tokens/timeout").body();
        String draft = "{\"enableIdleTokenTimeout\":true,\"idleTokenTimeoutSeconds\":1800,"
                + "\"inactivityTimeoutGroupsEnabled\":true,\"inactivityTimeoutGroupBundles\":[{\"priority\":1,"
                + "\"timeoutSeconds\":7200,\"groups\":[\"" + group + "\"]}]}";

        JsonNode preview = lapse.service()
                .post("/api/v2/tokens/timeout/preview?userId=" + user, draft)
                .expect(200)
                .json();

        assertThat(preview.at("/before/rule").asText()).isEqualTo("none");
        assertThat(preview.at("/after/rule").asText()).isEqualTo("group");
        assertThat(preview.at("/after/timeoutSeconds").asInt()).isEqualTo(7200);
        assertThat(preview.at("/after/overruled/0/rule").asText()).isEqualTo("organization");
        assertThat(preview.at("/after/overruled/0/why").asText()).isEqualTo("overridden");
        assertThat(preview.at("/after/bundlePriority").asInt()).isEqualTo(1);
        JsonNode people = preview.required("people");
        assertThat(people.get(0).required("timeoutSeconds").asInt()).isEqualTo(1800);
        assertThat(people.get(1).required("timeoutSeconds").asInt()).isEqualTo(7200);
        assertThat(people.get(1).required("before").asInt()).isZero();
        assertThat(people.get(1).required("after").asInt()).isEqualTo(1);
        assertThat(people.get(2).has("timeoutSeconds")).isFalse();
        assertThat(people.get(2).required("after").asInt()).isZero();
        assertThat(people.get(0).required("after").asInt() + 1)
                .isEqualTo(people.get(2).required("before").asInt());
        assertThat(lapse.service().get("/api/v2/tokens/timeout").body()).isEqualTo(before);
        desk.use().expect(200);

        administrator.setDeskOption("inactivity-timeout", "10");
        JsonNode inDesk = lapse.service()
                .post("/api/v2/tokens/timeout/preview?applicationId=demo-desk&userId=" + user, draft)
                .expect(200)
                .json();
        assertThat(inDesk.at("/before/timeoutSeconds").asInt()).isEqualTo(600);
        assertThat(inDesk.at("/after/rule").asText()).isEqualTo("application");
    }

    @Test
    void previewCountsTheSessionsThatWouldLapseAtOnce() {
        String draft = "{\"enableIdleTokenTimeout\":true,\"idleTokenTimeoutSeconds\":600}";
        administrator.createUser(username);
        lapse.signIn(username);
        int before = lapsingAtOnce(draft);

        lapse.letPass(Duration.ofMinutes(11));

        assertThat(lapsingAtOnce(draft)).isGreaterThan(before);
        assertThat(lapsingAtOnce("{}")).isZero();
    }

    private int lapsingAtOnce(String draft) {
        return lapse.service()
                .post("/api/v2/tokens/timeout/preview", draft)
                .expect(200)
                .json()
                .required("sessionsLapsingAtOnce")
                .asInt();
    }

    @Test
    void previewOfWhatWouldBeRefusedIsRefusedAlike() {
        String draft = "{\"idleTokenTimeoutSeconds\":1000000}";

        Answer refused = lapse.service().post("/api/v2/tokens/timeout/preview", draft);

        assertThat(refused).isRefused(400, "invalid.value");
        assertThat(refused.json().at("/details/0/fieldName").asText()).isEqualTo("idleTokenTimeoutSeconds");
    }

    @Test
    void whatHappenedIsCountedOverTime() {
        administrator.createUser(username);
        Instant from = lapse.now().truncatedTo(ChronoUnit.SECONDS);
        change("end", lapse.signIn(username), lapse.signIn(username));
        lapse.letPass(Duration.ofHours(1));
        change("end", lapse.signIn(username));
        String span = "from=" + from + "&to=" + from.plus(Duration.ofHours(3)) + "&intervalSeconds=3600";

        JsonNode counts = lapse.service()
                .get("/api/v2/audits/counts?" + span + "&action=session.end&reason=FORCED")
                .expect(200)
                .json();

        assertThat(counts.required("total").asInt()).isEqualTo(3);
        assertThat(counts.required("intervals").findValuesAsText("total")).containsExactly("2", "1", "0");
        assertThat(counts.at("/intervals/1/from").asText())
                .isEqualTo(from.plus(Duration.ofHours(1)).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to=2026-11-22T00:00:00Z&intervalSeconds=60 from",
                "from=2026-11-21T00:00:00.5Z&to=2026-11-22T00:00:00Z&intervalSeconds=60 from",
                "from=2026-11-21T00:00:00Z&intervalSeconds=60 to",
                "from=2026-11-21T00:00:00Z&to=2026-11-21T00:01:30Z&intervalSeconds=60 to",
                "from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&intervalSeconds=60 to",
                "from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&intervalSeconds=0 intervalSeconds",
                "from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z intervalSeconds"
            })
    void timeThatIsNotAWholeNumberOfIntervalsIsRefused(String queryAndField) {
        String[] parts = queryAndField.split(" ", -1);

        Answer refused = lapse.service().get("/api/v2/audits/counts?" + parts[0]);

        assertThat(refused).isRefused(400, "invalid.value");
        assertThat(refused.json().at("/details/0/fieldName").asText()).isEqualTo(parts[1]);
    }

    @Test
    void peopleAndGroupsAreFoundByAPartOfTheirNames() {
        String user = administrator.createUser(username);
        String part = username.substring(3, 30).toUpperCase(java.util.Locale.ROOT);

        assertThat(idsOf(lapse.service()
                        .get("/api/v2/users?contains=" + part)
                        .expect(200)
                        .json()))
                .containsExactly(user);
        assertThat(idsOf(lapse.service()
                        .get("/api/v2/users?contains=%25")
                        .expect(200)
                        .json()))
                .isEmpty();
        String group = administrator.createGroup(user);
        String name = lapse.service()
                .get("/api/v2/groups/" + group)
                .json()
                .required("name")
                .asText();
        assertThat(idsOf(lapse.service()
                        .get("/api/v2/groups?contains=" + name.substring(6, 30))
                        .expect(200)
                        .json()))
                .containsExactly(group);
    }
}

package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What became of a person and of a session, and why? */
@OnServer
class TimelineIT {
    private static final Path PICTURES = Path.of(LapseSystem.property("lapse.it.screenshots"));
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @RegisterExtension
    static final SuiteChromium CHROMIUM = new SuiteChromium();

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final String username = UUID.randomUUID() + "@demo.example";

    @AfterEach
    void restore() {
        administrator.restore();
    }

    private JsonNode timeline(String what, String id) {
        return lapse.service()
                .get("/api/v2/" + what + "/" + id + "/timeline")
                .expect(200)
                .json();
    }

    private static List<String> actionsOf(JsonNode answer) {
        return answer.at("/timeline/entities").findValuesAsText("action");
    }

    private void lock(TokenHolder holder) {
        lapse.service()
                .post("/api/v2/sessions/lock", "{\"sessionIds\":[\"" + holder.sessionId() + "\"]}")
                .expect(200);
    }

    private void letLapse(TokenHolder holder) {
        administrator.setTimeout(TIMEOUT);
        lapse.letPass(TIMEOUT);
        await().atMost(Duration.ofMinutes(1)).until(() -> timeline("sessions", holder.sessionId())
                .at("/session/state")
                .asText()
                .equals("ended"));
    }

    @Test
    void endedSessionSaysWhatWasItsLastActivityAndWhichRuleEndedItAtWhichDeadline() {
        String user = administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        desk.get("/api/v2/users/" + user + "/timeout").expect(200);

        letLapse(desk);

        JsonNode seen = timeline("sessions", desk.sessionId());
        assertThat(actionsOf(seen)).containsExactly("session.end", "session.open");
        assertThat(seen.at("/user/id").asText()).isEqualTo(user);
        assertThat(seen.at("/session/application/name").asText()).isEqualTo("Demo Desk");
        assertThat(seen.at("/session/lastResetBy").asText()).isEqualTo("GET api/v2/users/{}/timeout");
        JsonNode end = seen.at("/timeline/entities/0");
        assertThat(end.required("reason").asText()).isEqualTo("INACTIVITY");
        assertThat(end.at("/by/type").asText()).isEqualTo("policy");
        JsonNode proof = end.required("session");
        assertThat(proof.required("lastResetBy").asText()).isEqualTo("GET api/v2/users/{}/timeout");
        assertThat(proof.required("rule").asText()).isEqualTo("organization");
        assertThat(proof.required("timeoutSeconds").asLong()).isEqualTo(TIMEOUT.toSeconds());
        assertThat(proof.required("deadline").asText())
                .isGreaterThan(proof.required("lastActivity").asText());
        assertThat(actionsOf(timeline("users", user))).contains("session.end", "session.open", "signin", "user.create");
    }

    @Test
    void lockAndForcedEndSayByWhomAndReturnIsThePersons() {
        String user = administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        desk.beat().expect(200);
        lock(desk);
        desk.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);

        JsonNode live = timeline("users", user).required("live");
        assertThat(live).hasSize(1);
        assertThat(live.at("/0/state").asText()).isEqualTo("active");
        assertThat(live.at("/0/lastResetBy").asText()).isEqualTo("re-login");
        assertThat(live.at("/0/onInactivity").asText()).isEqualTo("revoke");

        lapse.service()
                .post("/api/v2/sessions/end", "{\"sessionIds\":[\"" + desk.sessionId() + "\"]}")
                .expect(200);

        JsonNode seen = timeline("sessions", desk.sessionId());
        assertThat(actionsOf(seen)).containsExactly("session.end", "session.unlock", "session.lock", "session.open");
        assertThat(seen.at("/timeline/entities/0/by/id").asText()).isEqualTo(LapseSystem.SERVICE_ID);
        assertThat(seen.at("/timeline/entities/0/session/lastResetBy").asText()).isEqualTo("re-login");
        assertThat(seen.at("/timeline/entities/1/by/self").asBoolean()).isTrue();
        assertThat(seen.at("/timeline/entities/2/session/lastResetBy").asText())
                .isEqualTo("POST api/v2/tokens/me/activity");
        assertThat(seen.at("/timeline/entities/3/application/id").asText()).isEqualTo(DemoDesk.ID);
    }

    @Test
    void everybodySeesTheirOwnAndNotWhoElseActed() {
        String user = administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        lock(desk);
        desk.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);

        JsonNode own =
                desk.get("/api/v2/users/" + user + "/timeline").expect(200).json();
        assertThat(actionsOf(own)).contains("session.unlock", "session.lock", "user.create");
        assertThat(own.toString()).doesNotContain(LapseSystem.SERVICE_ID);
        desk.get("/api/v2/sessions/" + desk.sessionId() + "/timeline").expect(200);
        TokenHolder other = administrator.userWho("audits:audit:view");
        assertThat(other.get("/api/v2/users/" + user + "/timeline").status()).isEqualTo(403);
        assertThat(lapse.service().get("/api/v2/sessions/" + UUID.randomUUID() + "/timeline"))
                .isRefused(404, "not.found");
        assertThat(lapse.service().get("/api/v2/users/" + UUID.randomUUID() + "/timeline"))
                .isRefused(404, "not.found");
    }

    @Test
    void screensTellTheStoryAndTheirAddressCanBeSent() {
        administrator.setDeskOption("on-inactivity", "lock");
        String user = administrator.createUser(username);
        TokenHolder desk = lapse.signIn(username);
        desk.beat().expect(200);
        lock(desk);
        desk.post("/api/v2/relogin", "{\"password\":\"" + DemoDesk.PASSWORD + "\"}")
                .expect(200);
        administrator.setTimeout(TIMEOUT);
        lapse.letPass(TIMEOUT);
        await().atMost(Duration.ofMinutes(1)).until(() -> timeline("sessions", desk.sessionId())
                .at("/session/state")
                .asText()
                .equals("locked"));
        administrator.clearTimeout();

        String address = "/admin/#/sessions/" + desk.sessionId();
        try (Console console = Console.opened(lapse, CHROMIUM.browser(), address, Console.ADMINISTRATOR)) {
            console.settled();
            Locator timeline = console.page().locator("ol.timeline");
            assertThat(console.page().locator("main h1")).hasText("User " + username + " in Demo Desk");
            assertThat(timeline.locator("li")).hasCount(4);
            assertThat(timeline.locator("li").first()).containsText("Locked because of inactivity");
            assertThat(timeline.locator("li").first()).containsText("Re-login");
            assertThat(timeline.locator("li").first()).containsText("Organization-wide");
            assertThat(timeline.locator("li").nth(1)).containsText("Came back to the locked session");
            assertThat(timeline.locator("li").nth(2)).containsText("Locked by an administrator");
            assertThat(timeline.locator("li").nth(2)).containsText("Heartbeat");
            assertThat(console.page().locator(".badge").first()).hasText("Locked");
            look(console, "session");

            administrator.setTimeout(Duration.ofMinutes(30));
            administrator.setHipaa(true);
            lapse.service()
                    .put(
                            "/api/v2/tokens/timeout",
                            "{\"inactivityTimeoutGroupsEnabled\":true,\"inactivityTimeoutGroupBundles\":[{\"priority\":1,"
                                    + "\"name\":\"Agents\",\"timeoutSeconds\":900,\"groups\":[\""
                                    + administrator.createGroup(user) + "\"]}]}")
                    .expect(200);
            administrator.setDeskOption("inactivity-timeout", "10");
            console.button("Refresh").click();
            assertThat(console.page().locator(".ladder li")).hasText(new String[] {
                "Application, [security] inactivity-timeout 10 minutes ✔ decides",
                "Group bundle “Agents” 15 minutes longer",
                "Organization-wide 30 minutes replaced by the group bundle",
                "HIPAA 15 minutes longer"
            });
            look(console, "ladder");

            console.go("people/" + user, "User " + username);
            assertThat(timeline.locator("li").first()).containsText("Locked because of inactivity");
            assertThat(timeline).containsText("Account made");
            look(console, "person");
        }
    }

    private static void look(Console console, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {390, 1440}) {
                console.page()
                        .emulateMedia(new com.microsoft.playwright.Page.EmulateMediaOptions().setColorScheme(scheme));
                console.page().setViewportSize(width, 1000);
                console.settled();
                assertThat((boolean) console.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("nothing is cut off at %s", width)
                        .isTrue();
                console.page()
                        .screenshot(new com.microsoft.playwright.Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(PICTURES.resolve("timeline-" + name + "-"
                                        + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width + ".png")));
                console.isAccessible(name + " " + width);
            }
        }
    }
}

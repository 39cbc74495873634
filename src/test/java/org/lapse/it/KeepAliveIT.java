package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What keeps sessions alive: as the server counts it, and as a recording of the network tells. */
@OnServer
class KeepAliveIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final String POLL = "GET api/v2/users/{}/timeout";
    private static final String SCREEN = "What keeps sessions alive";

    @RegisterExtension
    static final SuiteChromium CHROMIUM = new SuiteChromium();

    @SuppressWarnings("NullAway.Init")
    private static Console console;

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @BeforeAll
    static void open() {
        console = Console.opened(LapseSystem.ofSuite(), CHROMIUM.browser());
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @AfterEach
    void restore() {
        administrator.setSecurityOption(DemoDesk.ID, "inactivity-timeout", null);
        administrator.restore();
    }

    /** A page of a person who has gone polls for longer than the timeout. */
    private TokenHolder pollAlone() {
        administrator.setSecurityOption(DemoDesk.ID, "inactivity-timeout", Long.toString(TIMEOUT.toMinutes()));
        TokenHolder left = lapse.signIn("alice@demo.example");
        left.beat().expect(200);
        String poll = "/api/v2/users/" + left.userId() + "/timeout";
        for (Duration passed = Duration.ZERO; passed.compareTo(TIMEOUT) <= 0; passed = passed.plus(EVERY)) {
            lapse.letPass(EVERY);
            left.get(poll).expect(200);
        }
        return left;
    }

    private Optional<JsonNode> counted(String call) {
        JsonNode calls = lapse.service()
                .get("/api/v2/activity/calls?over=hour&applicationId=" + DemoDesk.ID)
                .expect(200)
                .json();
        return StreamSupport.stream(calls.required("entities").spliterator(), false)
                .filter(one -> one.required("call").asText().equals(call))
                .findFirst();
    }

    @Test
    void callThatComesByItselfIsCountedNamedAndExcludedThroughTheDraft() {
        TokenHolder left = pollAlone();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> counted(POLL)
                                .map(one -> one.required("sessionsKept").asInt())
                                .orElse(0)
                        > 0);

        JsonNode poll = counted(POLL).orElseThrow();
        assertThat(poll.required("intervalSeconds").asDouble()).isBetween(29.0, 31.0);
        assertThat(poll.required("exclusion").asText()).isEqualTo("GET api/v2/users/{id}/timeout");
        assertThat(poll.required("excluded").asBoolean()).isFalse();
        JsonNode calls = lapse.service()
                .get("/api/v2/sessions/" + left.sessionId() + "/calls")
                .expect(200)
                .json();
        assertThat(calls.at("/entities/0/call").asText()).isEqualTo(POLL);
        assertThat(calls.hasNonNull("dateLapsedWithout")).isTrue();
        assertThat(left.get("/api/v2/activity/calls").status()).isEqualTo(403);
        assertThat(lapse.service().get("/api/v2/activity/calls?over=year").status())
                .isEqualTo(400);

        console.go("activity", SCREEN);
        assertThat(console.row(POLL)).containsText("every 30 sec");
        console.isAccessible("chatty calls");
        console.button("Exclude " + POLL).click();
        assertThat(console.row(POLL)).containsText("In the draft");
        console.go("settings", "Authentication");
        assertThat(console.page().locator(".custom-apis")).containsText("GET api/v2/users/{id}/timeout");
        console.button("Discard all").click();
    }

    @PageAlone
    @Test
    void recordingOfAPageSaysWhichCallsResetTheTimer(@TempDir Path folder) throws IOException {
        Path har = folder.resolve("desk.har");
        Browser.NewContextOptions recorded = new Browser.NewContextOptions().setRecordHarPath(har);
        try (BrowserContext profile = CHROMIUM.browser().profile(lapse, recorded)) {
            Page page = profile.newPage();
            page.navigate("/demo/");
            page.getByLabel("User name").fill("alice@demo.example");
            page.getByLabel("Password").fill(DemoDesk.PASSWORD);
            page.locator("button[type=submit]").first().click();
            page.waitForResponse(response -> response.url().contains("/api/v2/users/me"), () -> {});
        }
        long carrying = StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(har.toFile())
                                .at("/log/entries")
                                .spliterator(),
                        false)
                .filter(entry -> entry.at("/request/headers").toString().contains("Bearer "))
                .count();
        assertThat(carrying).isPositive();

        console.go("activity/har", SCREEN);
        Locator input = console.page().locator("input[type=file]");
        input.setInputFiles(har);
        assertThat(console.page().locator("#har-carrier")).hasValue("0");
        List<String> numbers =
                console.page().locator("har-file tbody tr > td:nth-child(4)").allInnerTexts();
        assertThat(numbers.stream().mapToLong(Long::parseLong).sum()).isEqualTo(carrying);

        input.setInputFiles(Path.of(LapseSystem.property("lapse.it.node"), "har", "chromium.har"));
        assertThat(console.page().locator(".verdict"))
                .containsText(Pattern.compile("With this call excluded, the session would have lapsed at ..:06"));
        console.isAccessible("HAR file");
        input.setInputFiles(
                new FilePayload("cut.har", "application/json", "{\"log\":{".getBytes(StandardCharsets.UTF_8)));
        assertThat(console.page().locator(".failed")).containsText("It ends in the middle");
    }

    @PageAlone
    @Test
    void harFilesOfOtherToolsGiveTheAnswersOfAHand() throws IOException, InterruptedException {
        Path scripts = Path.of(LapseSystem.property("lapse.it.node"));
        Process running = new ProcessBuilder(
                        "node",
                        "--test-reporter=tap",
                        scripts.resolve("har-test.mjs").toString(),
                        scripts.resolve("../../main/webapp/admin/har")
                                .normalize()
                                .toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(running.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("(?m)^# pass [1-9]").containsPattern("(?m)^# fail 0$");
    }
}

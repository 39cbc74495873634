package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Administrators at the console, in a real browser. */
@OnServer
class ConsoleIT {
    private static final Path PICTURES = Path.of(LapseSystem.property("lapse.it.screenshots"));
    private static final String SETTINGS = "settings";
    private static final String AUTHENTICATION = "Authentication";
    private static final String LIVE = "Live sessions";
    private static final String TIMEOUT = "/api/v2/tokens/timeout";

    @RegisterExtension
    static final SuiteChromium CHROMIUM = new SuiteChromium();

    /** One sign-in for all tests that need no other. */
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

    /**
     * Tests let hours pass for the server: a timeout that the next one sets shall not find the console unused for so
     * long.
     */
    @BeforeEach
    void use() {
        console.page().evaluate("import('/admin/api.js').then(({ get }) => get('tokens/me'))");
    }

    @AfterEach
    void restore() {
        administrator.restore();
        exclude();
        // what a test has changed and not saved is nobody's any more
        console.go("overview", "Overview");
        console.page().evaluate("import('/admin/session.js').then(({ drafts }) => delete drafts.settings)");
    }

    private void exclude(String... apis) {
        String list = apis.length == 0 ? "" : "\"" + String.join("\",\"", apis) + "\"";
        lapse.service()
                .call(
                        "PATCH",
                        "/api/v2/organizations/authentication/settings",
                        "{\"inactivityTimeoutExclusions\":[" + list + "]}")
                .expect(200);
    }

    private JsonNode timeout() {
        return lapse.service().get(TIMEOUT).expect(200).json();
    }

    private void saveAnd(String said) {
        console.button("Save").click();
        assertThat(console.notice()).containsText(said);
        assertThat(console.page().locator(".save-bar")).hasCount(0);
    }

    private String group(String name) {
        JsonNode made = lapse.service()
                .post(
                        "/api/v2/groups",
                        "{\"name\":\"" + name
                                + "\",\"type\":\"official\",\"visibility\":\"public\",\"rulesVisible\":true}")
                .expect(200)
                .json();
        return made.required("id").asText();
    }

    /** Three bundles: Alpha, Beta and Gamma, with 10, 20 and 30 minutes. */
    private List<String> threeBundles() {
        String mark = " " + UUID.randomUUID().toString().substring(0, 8);
        List<String> names = List.of("Alpha" + mark, "Beta" + mark, "Gamma" + mark);
        Map<String, Duration> bundles = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            bundles.put(group(names.get(i)), Duration.ofMinutes(10L * (i + 1)));
        }
        administrator.setGroupTimeouts(bundles);
        return names;
    }

    private static Locator tile(int priority) {
        return console.page().locator(".bundle").nth(priority - 1);
    }

    private static void order(String... names) {
        for (int i = 0; i < names.length; i++) {
            assertThat(tile(i + 1)).containsText(names[i]);
        }
    }

    @PageAlone
    @Test
    void bundlesAreOrderedByDraggingByButtonsAndByKeys() {
        List<String> names = threeBundles();
        String alpha = names.get(0);
        String beta = names.get(1);
        String gamma = names.get(2);
        console.go(SETTINGS, AUTHENTICATION);
        order(alpha, beta, gamma);
        assertThat(console.page().locator("[data-counter]")).hasText("3 of 5 bundles, 3 of 25 groups");

        tile(3).locator(".handle").dragTo(tile(1).locator(".priority"));
        order(gamma, alpha, beta);

        console.button("Move down Bundle 1").click();
        order(alpha, gamma, beta);
        assertThat(console.button("Move down Bundle 2")).isFocused();
        console.button("Move up Bundle 3").click();
        order(alpha, beta, gamma);
        assertThat(console.button("Move up Bundle 2")).isFocused();

        tile(1).locator(".handle").focus();
        console.page().keyboard().press("End");
        order(beta, gamma, alpha);
        assertThat(tile(3).locator(".handle")).isFocused();
        console.page().keyboard().press("ArrowUp");
        order(beta, alpha, gamma);
        assertThat(console.page().getByText("Now priority 2 of 3")).hasCount(1);

        saveAnd("Saved");
        assertThat(timeout().required("inactivityTimeoutGroupBundles").findValuesAsText("timeoutSeconds"))
                .containsExactly("1200", "600", "1800");
    }

    @Test
    void changesAreShownSavedAndTakenBack() {
        administrator.setTimeout(Duration.ofMinutes(30));
        console.go(SETTINGS, AUTHENTICATION);
        Locator bar = console.page().locator(".save-bar");
        assertThat(bar).hasCount(0);

        console.page().locator("#organization-value").fill("2");
        console.page().locator("#organization-unit").selectOption("Hours");
        bar.getByText("Show what changes").click();
        assertThat(bar.locator("del")).hasText("30 minutes");
        assertThat(bar.locator("ins")).hasText("2 hours");

        // the notice of what was saved before may still be there, with an Undo of its own
        bar.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Undo"))
                .click();
        assertThat(console.page().locator("#organization-value")).hasValue("2");
        console.page().locator("#organization-unit").selectOption("Hours");
        console.go("overview", "Overview");
        assertThat(console.page().locator("nav .unsaved")).hasCount(1);
        console.go(SETTINGS, AUTHENTICATION);
        saveAnd("live sessions");
        assertThat(timeout().required("idleTokenTimeoutSeconds").asInt()).isEqualTo(7200);
        assertThat(timeout().required("inactivityTimeoutUnit").asText()).isEqualTo("Hours");

        console.notice()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Undo"))
                .click();
        assertThat(console.page().locator("#organization-value")).hasValue("30");
        assertThat(timeout().required("idleTokenTimeoutSeconds").asInt()).isEqualTo(1800);
    }

    @Test
    void whatSomebodyElseSavedMeanwhileIsKeptAndShown() {
        administrator.setTimeout(Duration.ofMinutes(30));
        console.go(SETTINGS, AUTHENTICATION);
        console.page().locator("#organization-value").fill("45");
        console.page().locator("#organization-value").blur();
        console.page().getByLabel("Enable group-specific inactivity timeout").check();

        lapse.service()
                .put(TIMEOUT, "{\"enableIdleTokenTimeout\":false,\"idleTokenTimeoutSeconds\":3600}")
                .expect(200);
        console.button("Save").click();

        Locator conflict = console.page().locator(".conflict");
        assertThat(conflict).containsText("Somebody else has saved meanwhile");
        assertThat(conflict).isFocused();
        assertThat(conflict.locator("ins").first()).hasText("off");
        console.isAccessible("conflict");
        assertThat(timeout().required("idleTokenTimeoutSeconds").asInt()).isEqualTo(3600);
        assertThat(console.page().getByLabel("Enable organization-wide inactivity timeout"))
                .not()
                .isChecked();
        assertThat(console.page().locator("#organization-value")).hasValue("45");
        console.button("Keep my changes and look").click();
        saveAnd("Saved");

        assertThat(timeout().required("enableIdleTokenTimeout").asBoolean()).isFalse();
        assertThat(timeout().required("idleTokenTimeoutSeconds").asInt()).isEqualTo(2700);
        assertThat(timeout().required("inactivityTimeoutGroupsEnabled").asBoolean())
                .isTrue();
    }

    @Test
    void doubledGroupsShadowedBundlesAndCapsAreWarnedOf() {
        List<String> names = threeBundles();
        administrator.setHipaa(true);
        console.go(SETTINGS, AUTHENTICATION);
        Locator notice = console.page().locator("[data-hipaa]");
        assertThat(notice).containsText("bundle 2 with 20 minutes and bundle 3 with 30 minutes");
        assertThat(notice).containsText("15 minutes hold for everybody");

        console.choose("Add a group to Bundle 2", names.get(0));
        assertThat(console.page().getByText(names.get(0) + " stands in several bundles"))
                .isVisible();
        assertThat(tile(2)).not().containsText("never decides");
        console.button("Remove " + names.get(1) + " from Bundle 2").click();
        assertThat(tile(2)).containsText("never decides");
    }

    @Test
    void previewSaysWhoGetsWhatBeforeAnythingIsSaved() {
        List<String> names = threeBundles();
        String username = UUID.randomUUID() + "@demo.example";
        String user = administrator.createUser(username);
        JsonNode groups = lapse.service()
                .get("/api/v2/groups?contains=" + names.get(1).replace(" ", "%20"))
                .json();
        administrator.addMembers(groups.at("/entities/0/id").asText(), user);
        console.go(SETTINGS, AUTHENTICATION);

        console.choose("Type a person", username);
        Locator decision = console.page().locator(".decision");
        assertThat(decision).containsText("Group bundle");
        assertThat(decision).containsText(Pattern.compile("Group bundle 2\\s*20 minutes\\s*✔ decides"));
        Locator row =
                console.page().locator(".preview tbody tr").filter(new Locator.FilterOptions().setHasText("1 hour"));
        assertThat(row).hasCount(0);

        tile(2).getByLabel("Timeout", new Locator.GetByLabelOptions().setExact(true))
                .fill("60");
        tile(2).getByLabel("Timeout", new Locator.GetByLabelOptions().setExact(true))
                .blur();

        assertThat(row.locator("td").nth(1)).hasText("1");
        assertThat(decision).containsText("As it is");
        assertThat(decision).containsText("As it would be");
        assertThat(decision).containsText("1 hour");
        console.choose("In an application (optional)", "Demo Desk");
        assertThat(decision).containsText("1 hour");
        assertThat(timeout().toString()).contains("\"timeoutSeconds\":1200");
    }

    @Test
    void callsAreExcludedBySwitchesByTypingAndByPastingAndComeBack() {
        console.go(SETTINGS, AUTHENTICATION);
        console.page()
                .getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("api/v2/users/me"))
                .click();
        Locator path = console.field("Path of an API");
        path.fill("groups/{");
        Locator offered = console.page()
                .getByRole(AriaRole.OPTION)
                .filter(new Locator.FilterOptions().setHasText("GET api/v2/groups/{groupId}/members"));
        assertThat(offered).isVisible();
        path.press("ArrowDown");
        assertThat(console.page().locator("[aria-selected=true]")).hasCount(1);
        path.press("Escape");
        assertThat(console.page().locator(".typeahead [role=option]")).hasCount(0);
        console.page().locator("#excluded-method").selectOption("POST");
        path.fill("/crm/v1/poll/?since=1");
        path.press("Enter");
        path.evaluate("field => { const data = new DataTransfer();"
                + " data.setData('text', 'GET https://desk.example/api/v2/beat?x=1\\n/api/v2/look, crm/*');"
                + " field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })); }");
        saveAnd("Saved");

        Locator list = console.page().locator(".custom-apis code");
        assertThat(list)
                .hasText(new String[] {"POST crm/v1/poll", "GET api/v2/beat", "POST api/v2/look", "POST crm/*"});
        JsonNode saved = lapse.service()
                .get("/api/v2/organizations/authentication/settings")
                .json();
        assertThat(saved.required("inactivityTimeoutExclusions").toString())
                .isEqualTo(
                        "[\"api/v2/users/me\",\"POST crm/v1/poll\",\"GET api/v2/beat\",\"POST api/v2/look\",\"POST crm/*\"]");

        console.button("Remove from list POST crm/*").click();
        saveAnd("Saved");
        assertThat(list).hasCount(3);
    }

    @Test
    void sessionsAreFoundLockedAndEndedAndTheQuestionSaysExactlyWhatHappens() {
        String username = "found-" + UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        TokenHolder one = lapse.signIn(username);
        TokenHolder two = lapse.signIn(username);
        one.beat().expect(200);
        console.go("sessions?contains=" + username, LIVE);
        assertThat(console.page().getByText("2 live sessions match")).isVisible();
        assertThat(console.row("Heartbeat: somebody is there")).isVisible();

        console.page().getByLabel("Choose all on this page").check();
        assertThat(console.page().getByText("2 sessions chosen")).isVisible();
        console.button("Lock…").click();
        assertThat(console.dialog()).containsText("Lock 2 sessions?");
        assertThat(console.dialog()).containsText("This concerns 1 person.");
        console.isAccessible("question");
        console.page().keyboard().press("Escape");
        assertThat(console.dialog()).hasCount(0);
        one.look().expect(200);
        console.button("Lock…").click();
        console.dialogButton("Lock 2 sessions").click();
        assertThat(console.notice()).containsText("2 sessions locked.");
        assertThat(console.page().locator("tbody .badge.warn")).hasCount(2);
        assertThat(one.use().status()).isEqualTo(401);

        console.page().locator("tbody input[type=checkbox]").first().check();
        console.button("End…").click();
        assertThat(console.dialog()).containsText("End 1 session?");
        console.dialogButton("End 1 session").click();
        assertThat(console.notice()).containsText("1 session ended.");
        assertThat(console.page().getByText("1 live session matches")).isVisible();

        console.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Details of ")))
                .first()
                .click();
        assertThat(console.page().locator("tr.details")).containsText("How long, and why");
        assertThat(two.look().status()).isEqualTo(401);
    }

    @Test
    void tablesAreExportedAsAWhole() throws IOException {
        for (int i = 0; i < 30; i++) {
            lapse.service();
        }
        console.go("sessions?applicationId=demo-service", LIVE);
        int total = Integer.parseInt(console.page()
                .getByText(Pattern.compile("live sessions match$"))
                .textContent()
                .replaceAll("\\D", ""));

        Download download = console.page()
                .waitForDownload(() -> console.button("Export CSV").click());

        List<String> lines = Files.readAllLines(download.path(), StandardCharsets.UTF_8);
        assertThat(total).isGreaterThan(25); // so many stand on a page
        assertThat(lines).hasSizeGreaterThanOrEqualTo(total + 1);
        assertThat(lines.get(0)).contains("User,Application,State,Time left");
        assertThat(lines).filteredOn(line -> line.contains(",demo-service,")).hasSize(lines.size() - 1);
        assertThat(download.suggestedFilename()).matches("lapse-sessions-[-0-9T]+\\.csv");
    }

    @Test
    void applicationIsMadeFromATemplateAndGetsItsTimeout() {
        String name = "Desk " + UUID.randomUUID();
        console.go("applications", "Applications");
        console.button("New application").click();
        console.dialog().getByLabel("Name").fill("Demo Desk");
        console.dialog().getByLabel("Template").selectOption("Workspace Desktop Edition");
        console.dialogButton("Create").click();
        assertThat(console.dialog().getByRole(AriaRole.ALERT)).isVisible(); // that name is taken
        console.dialog().getByLabel("Name").fill(name);
        console.dialogButton("Create").click();
        assertThat(console.page().locator("main h1")).hasText(name);
        assertThat(console.page().getByText("security.inactivity-timeout")).isVisible();

        console.page().locator("#inactivity-timeout").fill("10");
        console.page().getByText("Lock the session; its user").click();
        console.button("Save").click();
        assertThat(console.notice()).containsText("Saved.");
        assertThat(console.row("inactivity-timeout")).isVisible();
        String id = console.page().url().replaceAll(".*/", "");
        JsonNode saved =
                lapse.service().get("/api/v2/applications/" + id).expect(200).json();
        assertThat(saved.at("/options/security/inactivity-timeout").asText()).isEqualTo("10");
        assertThat(saved.at("/options/security/on-inactivity").asText()).isEqualTo("lock");

        console.row("security.inactivity-timeout").getByRole(AriaRole.BUTTON).click();
        console.dialog().getByLabel("Value").fill("7");
        console.dialogButton("Save").click();
        Locator inactivity = console.page().getByLabel("Inactivity", new Page.GetByLabelOptions().setExact(true));
        assertThat(inactivity).containsText("7 minutes");
        assertThat(inactivity).containsText("[interaction-workspace] security.inactivity-timeout in minutes");
        assertThat(console.page().locator("#inactivity-timeout")).hasValue("10");
        console.go("applications?name=" + name.replace(" ", "%20"), "Applications");
        assertThat(console.row(name)).containsText("7 minutes");
        assertThat(console.row(name)).containsText("[interaction-workspace] security.inactivity-timeout in minutes");
        console.go("applications/" + id, name);

        console.button("Add option").click();
        console.dialog().getByLabel("Section").fill("desk");
        console.dialog().getByLabel("Key").fill("colour");
        console.dialog().getByLabel("Value").fill("green");
        console.dialogButton("Save").click();
        assertThat(console.row("colour")).containsText("green");

        console.button("Delete").click();
        console.dialogButton("Delete").click();
        assertThat(console.page().locator("main h1")).hasText("Applications");
        assertThat(lapse.service().get("/api/v2/applications/" + id).status()).isEqualTo(404);
    }

    @Test
    void peopleAndGroupsAreMadeAndBelongTogether() {
        String mark = UUID.randomUUID().toString();
        console.go("people", "People and groups");
        console.button("New person").click();
        console.dialog().getByLabel("Name").fill("Grace " + mark);
        console.dialog().getByLabel("E-mail address").fill("grace-" + mark + "@demo.example");
        console.dialog().getByLabel("Password").fill(DemoDesk.PASSWORD);
        console.dialogButton("Create").click();
        assertThat(console.page().locator("main h1")).hasText("Grace " + mark);

        console.go("people/groups", "People and groups");
        console.button("New group").click();
        console.dialog().getByLabel("Name").fill("Desk " + mark);
        console.dialogButton("Create").click();
        assertThat(console.page().locator("main h1")).hasText("Desk " + mark);
        console.choose("Add a person", "Grace " + mark);
        assertThat(console.row("Grace " + mark)).isVisible();

        TokenHolder grace = lapse.signIn("grace-" + mark + "@demo.example");
        console.row("Grace " + mark).getByRole(AriaRole.LINK).click();
        assertThat(console.page().locator(".chip")).containsText("Desk " + mark);
        console.button("Sign out everywhere…").click();
        assertThat(console.dialog()).containsText("Their 1 live session ends");
        console.dialogButton("Sign out everywhere…").click();
        assertThat(console.notice()).containsText("signed out everywhere");
        assertThat(grace.use().status()).isEqualTo(401);
    }

    /** The console of an administrator of people who has signed in just now, at the screen of one of them. */
    private Console consoleAt(String person) {
        String username = "people-" + UUID.randomUUID() + "@demo.example";
        administrator.createUser(
                username,
                administrator.createRole("directory:user:view", "directory:user:edit", "directory:user:setPassword"));
        String address = "/admin/#/people/" + administrator.idOf(person);
        Console another = Console.opened(lapse, CHROMIUM.browser(), address, username);
        assertThat(another.page().locator("main h1")).hasText("User " + person);
        return another;
    }

    private String newPerson() {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        return username;
    }

    @Test
    void linkForANewPasswordIsCopied() {
        try (Console another = consoleAt(newPerson())) {
            another.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            another.button("Link for a new password…").click();
            assertThat(another.dialog()).containsText("It works once, and an earlier link works no more.");
            another.dialogButton("Make the link").click();
            assertThat(another.dialog()).containsText("Copy it now: it is not shown again.");
            String link = another.dialog().locator("pre").textContent();

            another.dialogButton("Copy").click();

            assertThat(another.notice()).containsText("Copied");
            assertThat(another.page().evaluate("navigator.clipboard.readText()"))
                    .isEqualTo(link);
            another.page().navigate(link);
            assertThat(another.page().locator("input[autocomplete=new-password]"))
                    .hasCount(2);
        }
    }

    @Test
    void secondFactorsOfSomebodyAreReset() {
        String person = newPerson();
        AuthenticatorApp.of(lapse, lapse.signIn(person));
        String factors = "/api/v2/users/" + administrator.idOf(person) + "/authenticators";
        assertThat(lapse.service().get(factors).expect(200).json().path("totp").isObject())
                .isTrue();
        try (Console another = consoleAt(person)) {
            another.button("Reset second factors…").click();
            assertThat(another.dialog()).containsText("Passkeys: 0. Authenticator apps: 1.");
            another.isAccessible("reset of second factors");
            another.dialogButton("Reset").click();

            assertThat(another.notice()).containsText("The second factors of User " + person + " are forgotten.");
            assertThat(lapse.service()
                            .get(factors)
                            .expect(200)
                            .json()
                            .path("totp")
                            .isObject())
                    .isFalse();
        }
    }

    @Test
    void whoSignedInLongAgoIsAskedToDoSoAgainAndComesBack() {
        String person = newPerson();
        try (Console another = consoleAt(person)) {
            String username = another.page()
                    .evaluate("import('/admin/api.js').then(({ get }) => get('users/me')).then((me) => me.username)")
                    .toString();
            lapse.letPass(Duration.ofMinutes(16)); // longer than lapse.authenticator.recent
            another.button("Set password").click();
            another.dialog().locator("input[name=newPassword]").fill("another-Passw0rd!");
            another.dialogButton("Set password").click();
            assertThat(another.dialog()).containsText("Sign in again?");
            another.isAccessible("sign in again");
            another.dialogButton("Cancel").click();
            assertThat(another.page().locator("main h1")).hasText("User " + person);

            another.button("Link for a new password…").click();
            another.dialogButton("Make the link").click();
            another.dialogButton("Sign in").click();
            assertThat(another.page().getByLabel("User name")).hasValue(username);
            another.signIn(username);
            assertThat(another.page().locator("main h1")).hasText("User " + person);
            another.button("Link for a new password…").click();
            another.dialogButton("Make the link").click();

            assertThat(another.dialog()).containsText("Copy it now: it is not shown again.");
        }
        lapse.signIn(person).use().expect(200); // with the password that was not replaced
    }

    @Test
    void auditIsFilteredAndShowsBeforeAndAfter() {
        administrator.setTimeout(Duration.ofMinutes(30));
        administrator.setTimeout(Duration.ofMinutes(45));
        console.go("audit", "Audit log");
        console.page().locator("#filter-action").selectOption("timeout.update");
        assertThat(console.page()).hasURL(Pattern.compile(".*#/audit\\?action=timeout.update"));
        Locator first = console.page().locator("tbody tr").first();
        assertThat(first).containsText("Timeouts changed");

        first.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Details of")))
                .click();

        Locator change = console.page().locator("tr.details");
        assertThat(change).containsText("idleTokenTimeoutSeconds");
        assertThat(change.locator("del")).hasText("1800");
        assertThat(change.locator("ins")).hasText("2700");
        console.button("Clear filters").click();
        assertThat(console.page()).hasURL(Pattern.compile(".*#/audit"));
    }

    @Test
    void deepLinkLeadsThereByWayOfTheSignInAndTheBackButtonWorks() {
        try (Console another =
                Console.opened(lapse, CHROMIUM.browser(), "/admin/#/audit?action=session.*", Console.ADMINISTRATOR)) {
            Page page = another.page();
            assertThat(page.locator("main h1")).hasText("Audit log");
            assertThat(page).hasURL(lapse.url("/admin/#/audit?action=session.*").toString());
            assertThat(page.locator("#filter-action")).hasValue("session.*");
            assertThat(page).hasTitle("Audit log · Lapse Console");
            another.go("applications/demo-desk", "Demo Desk");
            assertThat(page.locator("main h1")).isFocused();
            page.reload();
            assertThat(page.locator("main h1")).hasText("Demo Desk");
            page.goBack();
            assertThat(page.locator("#filter-action")).hasValue("session.*");
            page.locator("#filter-action").selectOption("signin");
            page.goBack();
            assertThat(page.locator("#filter-action")).hasValue("session.*");
            another.go("nowhere", "There is no such screen");
        }
    }

    @PageAlone
    @Test
    void everythingIsReachedByTheKeyboardAlone() {
        console.go("overview", "Overview");
        Page page = console.page();
        page.reload();
        assertThat(page.locator("main h1")).isVisible();
        console.settled();
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to content")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main h1")).isFocused();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Organization settings"))
                .focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("main h1")).hasText(AUTHENTICATION);
        console.settled();
        int reachable = page.locator(
                        "main :is(a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex='0'])")
                .count();
        int reached = 0;
        for (int i = 0; i < reachable + 5; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(page.evaluate("!!document.activeElement.closest('main')"))) {
                reached++;
            }
        }
        assertThat(reached).isGreaterThanOrEqualTo(reachable);
    }

    @PageAlone
    @Test
    void nothingIsLostOnANarrowScreen() {
        threeBundles();
        Page page = console.page();
        page.setViewportSize(320, 640);
        try {
            for (Map.Entry<String, String> screen : Map.of(
                            "overview",
                            "Overview",
                            "sessions",
                            LIVE,
                            SETTINGS,
                            AUTHENTICATION,
                            "applications/demo-desk",
                            "Demo Desk",
                            "people",
                            "People and groups",
                            "audit",
                            "Audit log")
                    .entrySet()) {
                console.go(screen.getKey(), screen.getValue());
                assertThat(page.evaluate("document.scrollingElement.scrollWidth"))
                        .as(screen.getKey())
                        .isEqualTo(320);
            }
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Screens"))
                    .click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit log"))
                    .click();
            assertThat(page.locator("main h1")).hasText("Audit log");
        } finally {
            page.setViewportSize(1280, 1000);
        }
    }

    @PageAlone
    @Test
    void consoleSpeaksGermanToo() {
        try (Console another = Console.opened(lapse, CHROMIUM.browser())) {
            another.page().getByLabel("Language").selectOption("de");
            assertThat(another.page().locator("main h1")).hasText("Übersicht");
            another.go("sessions", "Laufende Sitzungen");
            assertThat(another.page().locator("html")).hasAttribute("lang", "de");
            another.isAccessible("German");
        }
    }

    @Test
    @PageAlone
    void germanConsoleSaysWhyInGerman() {
        String username = "warum-" + UUID.randomUUID() + "@demo.example";
        String user = administrator.createUser(username);
        lapse.signIn(username);
        try (Console another = Console.opened(lapse, CHROMIUM.browser())) {
            another.page().getByLabel("Language").selectOption("de");
            assertThat(another.page().locator("main h1")).hasText("Übersicht");
            another.go("sessions?contains=" + username, "Laufende Sitzungen");
            another.page().locator("tbody .tool button").click();
            Locator why = another.page().locator("tr.details section").first();

            saysWhy(
                    another,
                    why,
                    "Weder die Organisation noch die Anwendung setzt eine Frist: Nur ihr absolutes Ende beendet eine"
                            + " Sitzung.");

            administrator.setHipaa(true);
            saysWhy(another, why, "HIPAA 15 Minuten ✔ entscheidet");

            administrator.setTimeout(Duration.ofMinutes(10));
            saysWhy(another, why, "Organisationsweit 10 Minuten ✔ entscheidet", "HIPAA 15 Minuten länger");

            administrator.setHipaa(false);
            administrator.setTimeout(Duration.ofMinutes(30));
            administrator.setDeskOption("inactivity-timeout", "30");
            saysWhy(
                    another,
                    why,
                    "Anwendung, [security] inactivity-timeout 30 Minuten ebenso lang, kommt danach",
                    "Organisationsweit 30 Minuten ✔ entscheidet");

            administrator.setGroupTimeouts(Map.of(administrator.createGroup(user), Duration.ofHours(1)));
            saysWhy(
                    another,
                    why,
                    "Anwendung, [security] inactivity-timeout 30 Minuten ✔ entscheidet",
                    "Gruppenbündel 1 1 Stunde länger",
                    "Organisationsweit 30 Minuten vom Gruppenbündel ersetzt");

            another.go("people/" + user, "User " + username);
            assertThat(another.page().getByLabel("Inaktivitätsfrist")).containsText("Gruppenbündel 1 1 Stunde");
        }
    }

    /** Anybody who looks anew reads these sentences, and nothing of what the API says in English. */
    private void saysWhy(Console german, Locator why, String... sentences) {
        german.button("Aktualisieren").click();
        for (String sentence : sentences) {
            assertThat(why).containsText(sentence);
        }
        String place = german.page().url().replaceAll(".*contains=", "/api/v2/sessions?contains=");
        List<String> english = lapse.service().get(place).expect(200).json().findValuesAsText("reason");
        assertThat(english).hasSizeGreaterThanOrEqualTo(sentences.length);
        assertThat(why.textContent()).doesNotContain(english);
        assertThat(german.page().locator("[lang=en]:not(option)")).hasCount(0);
    }

    @Test
    void anotherOrganizationHasItsOwnConsole() {
        try (Console another = Console.opened(
                lapse, CHROMIUM.browser(), "/admin/?application=demo-two-console#/sessions", "admin@two.example")) {
            assertThat(another.page().locator(".organization")).hasText("Demo Two");
            assertThat(another.page().locator("main h1")).hasText(LIVE);
            another.go("people", "People and groups");
            assertThat(another.row("Carol Agent")).isVisible();
            assertThat(another.page().getByText("Alice Agent")).hasCount(0);
        }
    }

    @Test
    void administratorsOwnSessionObeysTheRulesAndLosesNoDraft() {
        String username = "own-" + UUID.randomUUID() + "@demo.example";
        String user = administrator.createUser(
                username, administrator.createRole("directory:organization:admin", "directory:user:view"));
        administrator.setGroupTimeouts(Map.of(administrator.createGroup(user), Duration.ofMinutes(5)));
        try (Console another = Console.opened(lapse, CHROMIUM.browser(), "/admin/", username)) {
            another.go(SETTINGS, AUTHENTICATION);
            another.page()
                    .getByLabel("Enable organization-wide inactivity timeout")
                    .check();
            another.page().locator("#organization-value").fill("7");
            another.page().locator("#organization-value").blur();
            assertThat(another.page().locator(".save-bar")).isVisible();
            // anybody who looks at another window: what is not saved is kept before anything can happen
            another.page().waitForResponse(Pattern.compile(".*/tokens/me/state"), () -> another.page()
                    .evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden',"
                            + " configurable: true });"
                            + " document.dispatchEvent(new Event('visibilitychange'));"
                            + " delete document.visibilityState"));

            lapse.letPass(Duration.ofMinutes(6));
            another.page().evaluate("location.hash = '#/sessions'");
            Locator over = another.page().locator("#lapse-lock");
            assertThat(over).containsText("Your session has ended");
            assertThat(another.page().locator("main h1")).isHidden();
            another.page().evaluate("location.hash = '#/settings'");
            Page window = another.page()
                    .waitForPopup(() -> over.getByRole(AriaRole.BUTTON).click());
            window.getByLabel("Password").fill(DemoDesk.PASSWORD);
            window.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                    .click();
            assertThat(over).hasCount(0);
            assertThat(another.page().locator("#organization-value")).hasValue("7");
            another.page().reload();
            assertThat(another.page().locator("main h1")).hasText(AUTHENTICATION);
            assertThat(another.page().locator("#organization-value")).hasValue("7");
            assertThat(another.page().locator(".save-bar")).isVisible();
            another.button("Discard all").click();
        }
    }

    @Test
    void whoMayNotSeeAScreenIsToldSo() {
        String username = "limited-" + UUID.randomUUID() + "@demo.example";
        administrator.createUser(username, administrator.createRole("oauth:client:view"));
        try (Console limited = Console.opened(lapse, CHROMIUM.browser(), "/admin/#/applications", username)) {
            assertThat(limited.row("Demo Desk")).isVisible();
            assertThat(limited.button("New application")).hasCount(0);
            limited.page().evaluate("location.hash = '#/audit'");
            assertThat(limited.page().getByRole(AriaRole.ALERT)).containsText("You are not allowed to see this");
            limited.isAccessible("refused");
        }
    }

    /** What the pictures show: people of three groups, some of whom were not there for a while. */
    private Map<String, String> aBusyDay() {
        Map<String, String> groups = new LinkedHashMap<>();
        for (String name : List.of("Team leads", "Night shift", "Back office")) {
            groups.put(name, group(name));
        }
        Map<String, String> people = Map.of(
                "Amelia Okafor", "Night shift",
                "Jonas Lindqvist", "Night shift",
                "Mei Tanaka", "Back office",
                "Yara Haddad", "Team leads");
        Map<String, Duration> bundles = new LinkedHashMap<>();
        bundles.put(String.valueOf(groups.get("Team leads")), Duration.ofMinutes(60));
        bundles.put(String.valueOf(groups.get("Night shift")), Duration.ofMinutes(15));
        bundles.put(String.valueOf(groups.get("Back office")), Duration.ofMinutes(10));
        people.forEach((name, group) -> {
            JsonNode made = lapse.service()
                    .post(
                            "/api/v2/users",
                            "{\"name\":\"" + name + "\",\"email\":\"" + usernameOf(name) + "\",\"password\":\""
                                    + DemoDesk.PASSWORD + "\"}")
                    .expect(200)
                    .json();
            administrator.addMembers(
                    String.valueOf(groups.get(group)), made.required("id").asText());
        });
        administrator.setGroupTimeouts(bundles);
        for (int hour = 0; hour < 2; hour++) {
            administrator.setDeskOption("on-inactivity", hour == 1 ? "lock" : null);
            people.keySet().stream().skip(hour).forEach(name -> lapse.signIn(usernameOf(name)));
            lapse.letPass(Duration.ofMinutes(61));
        }
        people.keySet().forEach(name -> lapse.signIn(usernameOf(name)).beat().expect(200));
        lapse.signIn("alice@demo.example").get("/api/v2/users/me").expect(200);
        return groups;
    }

    private static String usernameOf(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@demo.example";
    }

    @Test
    @PageAlone
    void everyScreenAndDialogIsAccessibleByDayAndByNight() {
        Map<String, String> groups = aBusyDay();
        exclude("api/v2/users/me", "GET crm/v1/poll/*");
        try (Console seen = Console.opened(lapse, CHROMIUM.browser())) {
            look(seen, "overview", "overview", "Overview");
            look(seen, "sessions?applicationId=demo-desk&rule=group", "sessions", LIVE);
            seen.row("Amelia Okafor").locator("input").check();
            seen.button("End…").click();
            picture(seen, "sessions-end");
            seen.dialogButton("Cancel").click();
            look(seen, SETTINGS, "", AUTHENTICATION);
            seen.page().locator(".handle").nth(2).press("ArrowUp");
            seen.choose("Type a person", "Amelia Okafor");
            assertThat(seen.page().locator(".decision")).containsText("Group bundle");
            seen.page().getByText("Show what changes").click();
            picture(seen, "authentication");
            seen.button("Discard all").click();
            look(seen, "applications", "applications", "Applications");
            seen.button("New application").click();
            picture(seen, "applications-new");
            seen.dialogButton("Cancel").click();
            look(seen, "applications/templates", "", "Applications");
            look(seen, "applications/demo-desk", "application", "Demo Desk");
            look(seen, "people", "people", "People and groups");
            seen.row("Alice Agent").getByRole(AriaRole.LINK).click();
            assertThat(seen.page().locator("main h1")).hasText("Alice Agent");
            seen.settled();
            picture(seen, "person");
            look(seen, "people/groups", "", "People and groups");
            look(seen, "audit?action=timeout.update", "", "Audit log");
            seen.page().locator(".tool button").first().click();
            picture(seen, "audit");
            look(seen, "sessions?contains=nobody-is-called-so", "", LIVE);
        } finally {
            groups.values()
                    .forEach(
                            id -> lapse.service().delete("/api/v2/groups/" + id).expect(200));
        }
    }

    private static void look(Console seen, String place, String name, String heading) {
        seen.go(place, heading);
        picture(seen, name);
    }

    /** What is shown is accessible, and where it has a name pictures of it are kept. */
    private static void picture(Console seen, String name) {
        seen.isAccessible(name + " at " + seen.page().url());
        keep(seen, name);
        seen.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        seen.isAccessible(name + " at night at " + seen.page().url());
        keep(seen, name.isEmpty() ? "" : name + "-dark");
        seen.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static void keep(Console seen, String name) {
        if (!name.isEmpty()) {
            try {
                Files.createDirectories(PICTURES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            seen.picture(PICTURES.resolve(name + ".png"));
        }
    }
}

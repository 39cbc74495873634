package org.lapse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lapse.it.AnswerAssert.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passkeys in a real browser, with Chromium's virtual authenticator. */
@OnServer
class PasskeyIT {
    private static final Pattern DESK = Pattern.compile(".*/demo/\\?.*code=.*");
    private static final String SETTINGS = "/api/v2/organizations/authentication/settings";

    @RegisterExtension
    static final SuiteChromium CHROMIUM = new SuiteChromium();

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final DemoDesk desk = new DemoDesk(lapse, new Browser(lapse));
    private final String name = UUID.randomUUID() + "@demo.example";
    private final List<String> complaints = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // arrive() fills it
    private BrowserContext profile;

    @SuppressWarnings("NullAway.Init") // arrive() fills it
    private Page page;

    @SuppressWarnings("NullAway.Init") // arrive() fills it
    private CDPSession devices;

    @BeforeEach
    void arrive() {
        String group = administrator.createGroup(administrator.createUser(name));
        lapse.service()
                .call("PATCH", SETTINGS, "{\"multifactorAuthenticationGroups\":[\"" + group + "\"]}")
                .expect(200);
        profile = CHROMIUM.browser().profile(lapse);
        page = profile.newPage();
        page.onConsoleMessage(message -> {
            if (!message.location().contains("/demo/")) {
                complaints.add(message.text());
            }
        });
        // Demo Desk would redeem the code before the test does. It comes by a redirect and so does come, but without
        // scripts.
        page.route(url -> url.contains("/demo/"), route -> route.fulfill());
        devices = profile.newCDPSession(page);
        devices.send("WebAuthn.enable");
    }

    @AfterEach
    void leave() {
        profile.close();
        lapse.service()
                .call("PATCH", SETTINGS, "{\"multifactorAuthenticationGroups\":[]}")
                .expect(200);
    }

    /** An authenticator that says yes to everything, such as a finger on a laptop, if it verifies its user. */
    private String addAuthenticator(boolean verifiesUser) {
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", verifiesUser);
        options.addProperty("isUserVerified", verifiesUser);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject arguments = new JsonObject();
        arguments.add("options", options);
        return devices.send("WebAuthn.addVirtualAuthenticator", arguments)
                .get("authenticatorId")
                .getAsString();
    }

    private void ask() {
        page.navigate("/oauth/authorize?"
                + desk.authorizationRequest().with("prompt", "login").encoded());
    }

    private Locator button(String text) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text));
    }

    private TokenHolder comeBack() {
        page.waitForURL(DESK);
        String code = Form.ofQuery(URI.create(page.url()).getRawQuery()).value("code");
        return new TokenHolder(lapse, Tokens.of(lapse.post("/oauth/token", desk.tokenRequest(code))));
    }

    private TokenHolder enrol() {
        ask();
        Visitor.signIn(page, name, DemoDesk.PASSWORD);
        Axe.assertFindsNothing(page, page.title());
        button("Create a passkey").click();
        assertThat(page.locator(".codes li")).hasCount(10);
        Axe.assertFindsNothing(page, page.title());
        button("I have kept them").click();
        return comeBack();
    }

    private void assertProved(TokenHolder holder, String amr) {
        Answer told = lapse.postAsService("/oauth/introspect", Form.of("token", holder.accessToken()));
        assertThat(told.json().required("username").asText()).isEqualTo(name);
        assertThat(told.json().required("amr").toString()).isEqualTo(amr);
        assertThat(told.json().required("acr").asText()).isEqualTo("aal2");
    }

    @Test
    void userWhoMustHaveASecondFactorCreatesAPasskeyAndSignsInWithItAlone() {
        addAuthenticator(true);
        enrol();
        profile.clearCookies();

        ask();
        Axe.assertFindsNothing(page, page.title());
        button("Sign in with a passkey").click();

        assertProved(comeBack(), "[\"mfa\",\"pop\",\"user\"]");
        assertThat(complaints).isEmpty();
    }

    @Test
    void passkeyIsAskedForAfterThePassword() {
        addAuthenticator(true);
        enrol();
        profile.clearCookies();

        ask();
        Visitor.signIn(page, name, DemoDesk.PASSWORD);
        Axe.assertFindsNothing(page, page.title());
        button("Use your passkey").click();

        assertProved(comeBack(), "[\"mfa\",\"pop\",\"pwd\",\"user\"]");
    }

    @Test
    void securityKeyThatVerifiesNobodyIsEnoughAfterThePasswordAlone() {
        addAuthenticator(false);
        enrol();
        profile.clearCookies();

        ask();
        button("Sign in with a passkey").click();
        assertThat(page.locator("#passkey-failure")).isVisible();
        Visitor.signIn(page, name, DemoDesk.PASSWORD);
        button("Use your passkey").click();

        assertProved(comeBack(), "[\"mfa\",\"pop\",\"pwd\",\"user\"]");
    }

    @Test
    void touchResumesALockedSession() {
        administrator.setTimeout(Duration.ofMinutes(10));
        administrator.setDeskOption("on-inactivity", "lock");
        try {
            addAuthenticator(true);
            TokenHolder holder = enrol();
            lapse.letPass(Duration.ofMinutes(10));
            assertThat(holder.use()).isRefused(401, "insufficient_user_authentication");

            await().pollInSameThread().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                page.navigate("/relogin");
                assertThat(page.getByLabel("Password").count()).isOne();
            });
            Axe.assertFindsNothing(page, page.title());
            button("Use your passkey").click();

            assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are back.");
            holder.use().expect(200);
        } finally {
            administrator.restore();
        }
    }

    @Test
    void touchUncoversALockedPageAndARefusedOneDoesNot() {
        administrator.setTimeout(DeskVisits.TIMEOUT);
        administrator.setDeskOption("on-inactivity", "lock");
        try {
            String authenticator = addAuthenticator(true);
            enrol();
            page.unrouteAll();
            Visitor visitor = new Visitor(lapse, profile);
            page.navigate(Visitor.BARE);
            Locator secret = page.getByText("Something secret");
            assertThat(secret).isVisible();
            visitor.sleep(DeskVisits.TIMEOUT);
            Locator lock = Visitor.lock(page);
            Locator passkey =
                    lock.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Use your passkey"));

            letVerify(authenticator, false);
            passkey.click();
            assertThat(lock.getByRole(AriaRole.ALERT)).containsText("The passkey was not used.");
            assertThat(secret).isHidden();
            letVerify(authenticator, true);
            passkey.click();

            assertThat(lock).isHidden();
            assertThat(secret).isVisible();
            assertThat(page.evaluate("lapse.fetch('/api/v2/users/me').then((response) => response.status)"))
                    .isEqualTo(200);
            visitor.assertNoComplaints();
        } finally {
            administrator.restore();
        }
    }

    private void letVerify(String authenticator, boolean verifiesUser) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("authenticatorId", authenticator);
        arguments.addProperty("isUserVerified", verifiesUser);
        devices.send("WebAuthn.setUserVerified", arguments);
    }

    @Test
    void passkeyIsMadeForTheHostOfTheIssuer() {
        String authenticator = addAuthenticator(true);
        enrol();
        JsonObject arguments = new JsonObject();
        arguments.addProperty("authenticatorId", authenticator);
        JsonArray credentials =
                devices.send("WebAuthn.getCredentials", arguments).getAsJsonArray("credentials");
        assertThat(credentials).hasSize(1);
        for (JsonElement credential : credentials) {
            assertThat(credential.getAsJsonObject().get("rpId").getAsString()).isEqualTo("localhost");
        }
    }
}

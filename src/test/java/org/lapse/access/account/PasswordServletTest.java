package org.lapse.access.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.CalledBy;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.PasswordPlace;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UsersResource;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;
import org.lapse.platform.api.Permission;

/** The page on which a forgotten password is set. */
@OnBothDatabases
class PasswordServletTest {
    private static final String NEW_PASSWORD = "a quiet green door";

    private final LapseInJavaSE lapse;
    private final PasswordServlet page;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();
    private final User user;

    PasswordServletTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.page = lapse.get(PasswordServlet.class);
        this.user = new User(
                lapse.get(Organizations.class)
                        .findByDomain("demo")
                        .orElseThrow()
                        .id(),
                UUID.randomUUID() + "@demo.example",
                "Somebody",
                lapse.hashOf("the red window sings"),
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
    }

    private String make() {
        Caller administrator =
                new Caller(user.organizationId(), "demo-service", null, "demo-service", Permission.all(), "a token");
        AtomicReference<String> code = new AtomicReference<>("");
        lapse.inRequest(() -> code.set(lapse.get(UsersResource.class)
                .makePasswordLink(user.id(), new CalledBy(administrator))
                .uri()
                .getFragment()));
        return Objects.requireNonNull(code.get());
    }

    private FakeResponse open() {
        return browser.open(page, PasswordServlet.PATH);
    }

    private FakeResponse fillIn(String code, String password, String again) {
        return browser.submit(
                page,
                PasswordServlet.PATH,
                open(),
                Map.of("code", code, "newPassword", password, "newPasswordAgain", again));
    }

    private boolean isPassword(String password) {
        return lapse.get(PasswordChecks.class)
                .check(
                        user.organizationId(),
                        user.username(),
                        PasswordPlace.stranger(),
                        password,
                        PasswordCheck.Right.class::isInstance);
    }

    @Test
    void passwordIsSetAndNobodyIsSignedIn() {
        FakeResponse done = fillIn(make(), NEW_PASSWORD, NEW_PASSWORD);

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.body()).contains("Your password is set", user.username());
        assertThat(done.cookies())
                .noneMatch(cookie -> cookie.getName().equals("lapse_sign_in") && cookie.getMaxAge() != 0);
        assertThat(isPassword(NEW_PASSWORD)).isTrue();
    }

    @Test
    void pageHasTheHeadersOfPagesWithAScript() {
        FakeResponse asked = open();

        assertThat(asked.header("Cache-Control")).contains("no-store");
        assertThat(asked.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe"));
        assertThat(asked.body()).contains("src=\"/page/password.js\"").doesNotContain("onclick", "<style");
    }

    @Test
    void twoPasswordsThatDifferAreAskedForAgainWithTheCodeInPlace() {
        String code = make();

        FakeResponse again = fillIn(code, NEW_PASSWORD, "another");

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).contains("The two new passwords are not the same.", code);
        assertThat(isPassword(NEW_PASSWORD)).isFalse();
    }

    @Test
    void codeThatIsVoidAndOneThatNeverWasAreAnsweredAlike() {
        String used = make();
        fillIn(used, NEW_PASSWORD, NEW_PASSWORD);

        FakeResponse again = fillIn(used, "the door is green now", "the door is green now");
        FakeResponse never = fillIn("A".repeat(43), NEW_PASSWORD, NEW_PASSWORD);

        assertThat(again.status()).isEqualTo(never.status()).isEqualTo(400);
        assertThat(again.body()).contains("This link does not work any more").isEqualTo(never.body());
        assertThat(isPassword(NEW_PASSWORD)).isTrue();
    }

    @Test
    void reasonsAreInTheLanguageOfThePage() {
        String code = make();
        FakeResponse asked = open();
        String form = BrowserInJavaSE.encoded(Map.of(
                "csrf",
                BrowserInJavaSE.hiddenFields(asked).get("csrf"),
                "code",
                code,
                "newPassword",
                "kurz",
                "newPasswordAgain",
                "kurz"));
        FakeRequest german = FakeRequest.of("POST", PasswordServlet.PATH)
                .with("Accept-Language", "de")
                .withForm(form);
        asked.cookies().forEach(cookie -> german.withCookie(cookie.getName(), cookie.getValue()));
        FakeResponse refused = BrowserInJavaSE.send(page, german);

        assertThat(refused.body())
                .contains("lang=\"de\"", "Setzen Sie Ihr Passwort", "mindestens 15 und höchstens 256 Zeichen");
    }

    @Test
    void formThatIsNotOursIsRefused() {
        String code = make();
        open();

        FakeResponse refused = browser.submit(
                page,
                PasswordServlet.PATH,
                open(),
                Map.of(
                        "csrf",
                        "B".repeat(43),
                        "code",
                        code,
                        "newPassword",
                        NEW_PASSWORD,
                        "newPasswordAgain",
                        NEW_PASSWORD));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(isPassword(NEW_PASSWORD)).isFalse();
    }

    @Test
    void codeInTheQueryIsNotRead() {
        String code = make();
        Map<String, String> filledIn = Map.of("newPassword", NEW_PASSWORD, "newPasswordAgain", NEW_PASSWORD);

        FakeResponse refused = browser.submit(page, PasswordServlet.PATH + "?code=" + code, open(), filledIn);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(isPassword(NEW_PASSWORD)).isFalse();
    }
}

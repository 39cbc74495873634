package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lapse.access.relogin.ReloginServlet;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.application.OAuthScope;
import org.lapse.organizations.authenticator.Enrolled;
import org.lapse.platform.api.FakeResponse;
import org.lapse.platform.page.Messages;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.session.EndReason;

/** The pages on the way into an application speak German to whoever reads German first. */
@OnBothDatabases
class GermanPagesTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Pattern SECRET = Pattern.compile("secret=([A-Z2-7]+)&");

    private final LapseInJavaSE lapse;
    private final BrowserInJavaSE german = BrowserInJavaSE.in("de-DE");
    private final Enrolled somebody;

    GermanPagesTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.somebody = Enrolled.somebody(lapse);
    }

    private BrowserApplication desk() {
        return BrowserApplication.in(lapse, Duration.ofHours(8));
    }

    private FakeResponse step(BrowserApplication desk, FakeResponse page, String step, String code) {
        return german.submit(desk.authorization(), "/oauth/authorize", page, Map.of("step", step, "code", code));
    }

    private static void assertGerman(FakeResponse page, String... texts) {
        assertThat(page.body()).contains("<html lang=\"de\">").contains(texts);
    }

    @Test
    void signIn() {
        BrowserApplication desk = desk();
        FakeResponse page = german.open(desk.authorization(), desk.address(Map.of("reason", "inactivity")));

        assertGerman(
                page,
                "Anmelden <span class=\"to\">bei " + desk.id(),
                "Benutzername",
                "Passwort",
                "Mit einem Passkey anmelden",
                "weil Sie nichts getan haben",
                "für höchstens 30 Tage");
        assertGerman(
                german.submit(
                        desk.authorization(),
                        "/oauth/authorize",
                        page,
                        Map.of("username", somebody.user().username(), "password", "wrong")),
                "Fehler: Anmelden bei",
                "Benutzername oder Passwort stimmt nicht.");
    }

    @Test
    void otherBrowsersReadEnglish() {
        BrowserApplication desk = desk();
        for (BrowserInJavaSE browser : List.of(new BrowserInJavaSE(), BrowserInJavaSE.in("fr"))) {
            assertThat(desk.ask(browser).body()).contains("<html lang=\"en\">", "User name", "for 30 days at the most");
        }
    }

    @Test
    void secondFactor() {
        somebody.withApp();
        BrowserApplication desk = desk();
        FakeResponse page =
                desk.fillIn(german, desk.ask(german), somebody.user().username());

        assertGerman(
                page,
                "Noch ein Schritt",
                "Ihr Passwort stimmt, " + somebody.user().username(),
                "Weiter");
        assertGerman(step(desk, page, "code", "000000"), "Ein Code gilt einmal");
    }

    @Test
    void enrolmentAndRecoveryCodes() {
        BrowserApplication desk = desk();
        FakeResponse page = desk.fillIn(
                german,
                desk.ask(german, Map.of("acr_values", "aal2")),
                somebody.user().username());

        assertGerman(page, "Richten Sie einen zweiten Faktor ein", "Passkey erstellen", "öffnen Sie ihn in der App");
        Matcher secret = SECRET.matcher(page.body().replace("&amp;", "&").replace("&#x3D;", "="));
        assertThat(secret.find()).isTrue();
        assertGerman(
                step(desk, page, "new-app", somebody.codeOf(Enrolled.decoded(secret.group(1)))),
                "Bewahren Sie diese Wiederherstellungscodes auf",
                "weiter zu " + desk.id());
    }

    @Test
    void consent() {
        BrowserApplication stranger = BrowserApplication.untrusted(lapse, "openid", "directory:user:edit");
        FakeResponse page = desk().fillIn(german, desk().ask(german), "alice@demo.example");
        assertThat(page.header("Location")).isPresent();

        assertGerman(
                stranger.ask(german, Map.of("scope", "openid directory:user:edit")),
                "Zugriff geben?",
                "Sie sind angemeldet als alice@demo.example.",
                "Wissen, wer sich angemeldet hat",
                "Benutzer ändern und sperren",
                "Ihre Antwort geht an https://desk.example",
                "Erlauben",
                "Ablehnen");
    }

    @Test
    void relogin() {
        ReloginServlet relogin = lapse.get(ReloginServlet.class);
        BrowserApplication desk = BrowserApplication.in(lapse, Duration.ofHours(8))
                .withTimeout(TIMEOUT)
                .thatLocks();
        desk.signIn(german);
        assertGerman(german.open(relogin, "/relogin"), "In diesem Browser ist keine Sitzung gesperrt.");
        lapse.clock().putForward(TIMEOUT);
        FakeResponse page = german.open(relogin, "/relogin");

        assertGerman(
                page,
                "Diese Sitzung ist gesperrt <span class=\"to\">in " + desk.id(),
                "Eine Zeit lang ist nichts geschehen.",
                "Benutzername",
                "Abbrechen",
                "Passkey benutzen");
        assertGerman(
                german.submit(relogin, "/relogin", page, Map.of("answer", "ok", "password", "wrong")),
                "Das Passwort stimmt nicht.");
        assertGerman(
                german.submit(relogin, "/relogin", page, Map.of("answer", "cancel")),
                "Diese Sitzung schließen?",
                "Was alice@demo.example dort nicht gespeichert hat, ist verloren.",
                "Zurück");
        assertGerman(
                german.submit(relogin, "/relogin", page, Map.of("answer", "close")), "Die Sitzung ist geschlossen.");
    }

    @Test
    void choiceOfALockedSession() {
        for (int i = 0; i < 2; i++) {
            BrowserApplication.in(lapse, Duration.ofHours(8))
                    .withTimeout(TIMEOUT)
                    .thatLocks()
                    .signIn(german);
        }
        lapse.clock().putForward(TIMEOUT);

        assertGerman(german.open(lapse.get(ReloginServlet.class), "/relogin"), "Mit welcher möchten Sie weitermachen?");
    }

    @Test
    void signOut() {
        LogoutServlet signOut = lapse.get(LogoutServlet.class);
        desk().signIn(german);
        FakeResponse page = german.open(signOut, "/logout");

        assertGerman(page, "von allen Anwendungen abmelden?", ">Abmelden</button>", "Um angemeldet zu bleiben");
        assertGerman(
                german.submit(signOut, "/logout", page, Map.of("csrf", "another")),
                "Dieses Formular war zu alt, oder Ihr Browser behält keine Cookies.");
        assertGerman(german.submit(signOut, "/logout", page, Map.of()), "Sie sind abgemeldet");
        assertGerman(german.open(signOut, "/logout?state=1&state=2"), "hat ihren Parameter state mehr als einmal");
    }

    @Test
    void requestsThatNobodyCanBeSentBackFrom() {
        BrowserApplication desk = desk();
        String stranger = UUID.randomUUID().toString();
        Map<String, String> refused = Map.of(
                "",
                "hat nicht gesagt, welche sie ist (client_id)",
                "client_id=" + stranger,
                "ist nicht registriert (client_id)",
                "client_id=" + desk.id(),
                "hat nicht gesagt, wohin Sie zurückkehren sollen (redirect_uri)",
                "client_id=" + desk.id() + "&redirect_uri=https://evil.example",
                "nicht registriert (redirect_uri)",
                "client_id=" + desk.id() + "&client_id=" + stranger,
                "Parameter client_id mehr als einmal");

        refused.forEach((query, reason) -> {
            FakeResponse page = german.open(desk.authorization(), "/oauth/authorize?" + query);
            assertThat(page.status()).isEqualTo(400);
            assertGerman(page, "Das hat nicht geklappt", reason, "Kennung für den Support");
        });
        assertThat(new BrowserInJavaSE()
                        .open(desk.authorization(), "/oauth/authorize")
                        .body())
                .contains("<html lang=\"en\">", "did not say which one it is (client_id)");
    }

    @Test
    void everyScopeAndEveryReasonIsThereInGerman() {
        Set<String> said = new HashSet<>();
        OAuthScope.values().forEach(scope -> said.add(ConsentPage.descriptionOf(scope, Locale.GERMAN)));
        assertThat(said).hasSize(OAuthScope.values().size());
        for (EndReason reason : EndReason.values()) {
            assertThat(Messages.text(Locale.GERMAN, reason.messageKey()))
                    .isNotEqualTo(Messages.text(Locale.ENGLISH, reason.messageKey()));
        }
        for (LockReason reason : LockReason.values()) {
            String key = "relogin.why." + reason.wireName();
            assertThat(Messages.text(Locale.GERMAN, key)).isNotEqualTo(Messages.text(Locale.ENGLISH, key));
        }
    }
}

package org.lapse.access.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.access.oauth.ConsentBody;
import org.lapse.access.oauth.Consents;
import org.lapse.access.signin.SignIn;
import org.lapse.organizations.authenticator.OwnAuthenticators;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.Caller;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Pages;
import org.lapse.sessions.session.SessionState;

/** How the page of one's account looks, and the one that asks for the password before something is done. */
@Singleton
class AccountPage {
    private final Pages pages;
    private final FormGuard guard;
    private final OwnSessions sessions;
    private final Consents consents;
    private final OwnAuthenticators authenticators;
    private final WallClock clock;

    @Inject
    AccountPage(
            Pages pages,
            FormGuard guard,
            OwnSessions sessions,
            Consents consents,
            OwnAuthenticators authenticators,
            WallClock clock) {
        this.pages = pages;
        this.guard = guard;
        this.sessions = sessions;
        this.consents = consents;
        this.authenticators = authenticators;
        this.clock = clock;
    }

    /** The language in which a browser wants it. */
    static AccountTexts texts(HttpServletRequest request) {
        return AccountTexts.in(Collections.list(request.getLocales()));
    }

    /**
     * Shows the page.
     *
     * @param done the key of what was done; null for nothing
     * @param error what is wrong, in words; null for nothing
     */
    void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Visitor visitor,
            @Nullable String done,
            @Nullable String error)
            throws IOException {
        AccountTexts texts = texts(request);
        Instant now = clock.now();
        SignIn browser = visitor.signIn();
        List<Map<String, Object>> shownSessions =
                sessions.of(browser.userId(), session -> browser.id().equals(session.signInId())).stream()
                        .map(session -> row(session, texts, now))
                        .toList();
        List<Map<String, Object>> shownConsents = consents.of(visitor.caller()).stream()
                .map(consent -> row(consent, texts, now))
                .toList();
        Map<String, Object> model = model(request, response, texts, visitor.user());
        model.put("title", texts.text("page.title"));
        model.put("wide", true);
        model.put(
                "notices",
                Optional.ofNullable(done).map(key -> texts.text("done." + key)).stream()
                        .toList());
        model.put("errors", error == null ? List.of() : List.of(error));
        model.put("sessions", shownSessions);
        model.put("noSessions", shownSessions.isEmpty());
        model.put("consents", shownConsents);
        model.put("noConsents", shownConsents.isEmpty());
        model.putAll(AccountFactors.shown(authenticators.of(visitor.user(), ""), texts));
        pages.showWithScript(response, status, "account", model, null);
    }

    /** Asks for the password before something is done. */
    void askForPassword(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Visitor visitor,
            String action,
            String id,
            @Nullable String error)
            throws IOException {
        AccountTexts texts = texts(request);
        Map<String, Object> model = model(request, response, texts, visitor.user());
        model.put("title", texts.text("page.confirmTitle"));
        model.put("question", texts.text("confirm." + action));
        model.put("action", action);
        model.put("id", id);
        model.put("errors", error == null ? List.of() : List.of(error));
        pages.show(response, status, "account-confirm", model, null);
    }

    private Map<String, Object> model(
            HttpServletRequest request, HttpServletResponse response, AccountTexts texts, User user) {
        Map<String, Object> model = new HashMap<>();
        model.put("lang", texts.language());
        model.put("t", texts.onThePage());
        model.put("who", texts.text("who", user.username()));
        model.put("username", user.username());
        model.put("csrf", guard.valueFor(request, response));
        return model;
    }

    private static Map<String, Object> row(OwnSession session, AccountTexts texts, Instant now) {
        List<String> lines = new ArrayList<>();
        String address = session.address();
        String browser = session.browser();
        if (address != null && browser != null) {
            lines.add(texts.text("where", browser, address));
        } else if (address != null) {
            lines.add(address);
        }
        lines.add(texts.text(
                "opened",
                texts.ago(between(session.openedAt(), now)),
                texts.ago(between(session.lastActivityAt(), now))));
        boolean isLocked = session.state() == SessionState.LOCKED;
        if (!isLocked) {
            lines.add(texts.text("deadline", texts.ahead(between(now, session.deadline()))));
        }
        return Map.of(
                "id",
                session.id(),
                "application",
                session.applicationName(),
                "here",
                session.isOwn(),
                "locked",
                isLocked ? List.of(texts.text("locked")) : List.of(),
                "lines",
                lines);
    }

    private static Map<String, Object> row(ConsentBody consent, AccountTexts texts, Instant now) {
        return Map.of(
                "id",
                consent.client().id(),
                "application",
                consent.client().name(),
                "lines",
                List.of(
                        texts.text("scope", String.join(", ", consent.scope())),
                        texts.text("audience", String.join(", ", consent.audience())),
                        texts.text("given", texts.ago(between(consent.dateGiven(), now)))));
    }

    private static Duration between(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /**
     * Who is at the page.
     *
     * @param signIn the sign-in of the browser
     * @param user its user
     * @param caller the user as one who changes something
     */
    record Visitor(SignIn signIn, User user, Caller caller) {}
}

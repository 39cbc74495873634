package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.authenticator.PasskeyBinding;
import org.lapse.organizations.authenticator.PasskeyOptions;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Refusals;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.page.DurationInWords;
import org.lapse.platform.page.FormFields;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;
import org.lapse.platform.page.PageServlet;

/**
 * {@code /relogin}: the re-login dialog as a plain page, for the browser in which the locked session was opened.
 *
 * <p>OK resumes the session, Cancel asks whether to close it. {@code session} names it by its {@code sid} where the
 * browser has more than one, and {@code redirect_uri}, one of the application's own, is where the browser goes then.
 */
@WebServlet("/relogin")
public class ReloginServlet extends PageServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private Relogin relogin;

    @Inject
    private PasskeyRelogin passkeys;

    @Inject
    private LockedSessions lockedSessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FormFields fields = FormFields.ofQuery(request);
        List<LockedSession> locked = lockedIn(request);
        Optional<LockedSession> meant = LockedSessions.named(locked, fields.get("session"));
        if (meant.isPresent()) {
            ask(fields, request, response, 200, meant.get(), null);
        } else if (locked.isEmpty()) {
            done("relogin.nothing-locked", request, response);
        } else {
            pages().show(response, 200, "relogin-choice", choiceModel(request, locked), null);
        }
    }

    private List<LockedSession> lockedIn(HttpServletRequest request) {
        lockedSessions.settle(request);
        return lockedSessions.ofBrowser(request);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FormFields fields = FormFields.ofBody(request);
        Optional<LockedSession> meant = LockedSessions.named(lockedIn(request), fields.get("session"));
        if (meant.isEmpty()) {
            done("relogin.nothing-locked", request, response);
            return;
        }
        LockedSession session = meant.get();
        if (!guard().accepts(request, fields.get(FormGuard.FIELD))) {
            ask(fields, request, response, 400, session, text(request, "sign-in.form-not-ours"));
            return;
        }
        if (fields.get("credential") == null && "passkey".equals(fields.get("step"))) {
            sendOptions(fields, request, response, session);
            return;
        }
        String answer = Optional.ofNullable(fields.get("answer"))
                .or(() -> Optional.ofNullable(fields.get("step")))
                .orElse("");
        switch (answer) {
            case "cancel" ->
                pages().show(
                                response,
                                200,
                                "relogin-close",
                                model("relogin-close-page", fields, request, response, session, null),
                                redirect(fields, session));
            case "close" -> {
                relogin.close(session.id());
                done("relogin.closed", request, response);
            }
            case "ok" -> resume(fields, request, response, session);
            case "passkey" -> resumeByPasskey(fields, request, response, session);
            default -> ask(fields, request, response, 400, session, null);
        }
    }

    /** What the script of the page hands to {@code navigator.credentials}. */
    private void sendOptions(
            FormFields fields, HttpServletRequest request, HttpServletResponse response, LockedSession session)
            throws IOException {
        Optional<PasskeyOptions.Request> options = passkeys.ask(session.id(), bindingOf(fields));
        if (options.isEmpty()) {
            Refusals.send(request, response, ApiException.notFound());
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getOutputStream().write(StrictJson.mapper().writeValueAsBytes(options.get()));
    }

    private void resumeByPasskey(
            FormFields fields, HttpServletRequest request, HttpServletResponse response, LockedSession session)
            throws IOException {
        String credential = Optional.ofNullable(fields.get("credential")).orElse("");
        Optional<ReloginOutcome> outcome =
                passkeys.resume(session.id(), bindingOf(fields), credential, Relogin.TokenWish.NONE);
        if (outcome.isEmpty()) {
            ask(fields, request, response, 400, session, text(request, "relogin.passkey-refused"));
        } else if (outcome.get() instanceof ReloginOutcome.Gone) {
            done("relogin.too-many", request, response);
        } else {
            goBack(fields, request, response, session);
        }
    }

    private static PasskeyBinding bindingOf(FormFields fields) {
        return PasskeyBinding.ofForm(
                Optional.ofNullable(fields.get(FormGuard.FIELD)).orElse(""));
    }

    private void goBack(
            FormFields fields, HttpServletRequest request, HttpServletResponse response, LockedSession session)
            throws IOException {
        String redirectUri = redirect(fields, session);
        if (redirectUri == null) {
            done("relogin.resumed", request, response);
        } else {
            response.sendRedirect(redirectUri);
        }
    }

    private void resume(
            FormFields fields, HttpServletRequest request, HttpServletResponse response, LockedSession session)
            throws IOException {
        String password = Optional.ofNullable(fields.get("password")).orElse("");
        ReloginOutcome outcome = relogin.resume(session.id(), fields.get("username"), password, Relogin.TokenWish.NONE);
        if (outcome instanceof ReloginOutcome.Resumed || outcome instanceof ReloginOutcome.NotLocked) {
            goBack(fields, request, response, session);
        } else if (outcome instanceof ReloginOutcome.Throttled throttled) {
            response.setHeader(
                    "Retry-After",
                    Long.toString(
                            Math.max(1, throttled.remaining().plusMillis(999).toSeconds())));
            ask(
                    fields,
                    request,
                    response,
                    429,
                    session,
                    text(
                            request,
                            "sign-in.throttled",
                            DurationInWords.of(Messages.languageOf(request), throttled.remaining())));
        } else if (outcome instanceof ReloginOutcome.Busy) {
            response.setHeader("Retry-After", Long.toString(PasswordCheck.Busy.RETRY_AFTER.toSeconds()));
            ask(fields, request, response, 503, session, text(request, "sign-in.busy"));
        } else if (outcome instanceof ReloginOutcome.AnotherUser) {
            ask(fields, request, response, 403, session, text(request, "relogin.another-user"));
        } else if (outcome instanceof ReloginOutcome.WrongPassword) {
            ask(fields, request, response, 400, session, text(request, "relogin.wrong"));
        } else {
            done("relogin.too-many", request, response);
        }
    }

    private void ask(
            FormFields fields,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            LockedSession session,
            @Nullable String error)
            throws IOException {
        pages().showWithScript(
                        response,
                        status,
                        "relogin",
                        model("relogin-page", fields, request, response, session, error),
                        redirect(fields, session));
    }

    private void done(String message, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Locale language = Messages.languageOf(request);
        Map<String, String> model = Map.of(
                "title", Messages.text(language, "relogin.title"),
                "message", Messages.text(language, message),
                "lang", language.getLanguage());
        pages().show(response, 200, "relogin-done", model, null);
    }

    private Map<String, ?> model(
            String page,
            FormFields fields,
            HttpServletRequest request,
            HttpServletResponse response,
            LockedSession session,
            @Nullable String error) {
        String redirectUri = redirect(fields, session);
        Locale language = Messages.languageOf(request);
        return Map.of(
                "title", Messages.text(language, "relogin.title"),
                "lang", language.getLanguage(),
                "w", Messages.words(language, page, session.applicationName(), session.username()),
                "why", Messages.text(language, "relogin.why." + session.reason().wireName()),
                "username", session.username(),
                "session", session.id(),
                "csrf", guard().valueFor(request, response),
                "redirectUris", redirectUri == null ? List.of() : List.of(redirectUri),
                "errors", error == null ? List.of() : List.of(error));
    }

    private static Map<String, ?> choiceModel(HttpServletRequest request, List<LockedSession> locked) {
        Locale language = Messages.languageOf(request);
        return Map.of(
                "title", Messages.text(language, "relogin.title"),
                "lang", language.getLanguage(),
                "w", Messages.words(language, "relogin-choice-page"),
                "sessions", locked);
    }

    private static String text(HttpServletRequest request, String key, Object... arguments) {
        return Messages.text(Messages.languageOf(request), key, arguments);
    }

    /** Where the browser goes after the dialog: an address that is registered for the application, or nowhere. */
    private static @Nullable String redirect(FormFields fields, LockedSession session) {
        String asked = fields.get("redirect_uri");
        return asked != null && session.redirectUris().contains(asked) ? asked : null;
    }
}

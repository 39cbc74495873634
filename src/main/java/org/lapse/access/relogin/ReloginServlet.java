package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.authenticator.PasskeyBinding;
import org.lapse.organizations.authenticator.PasskeyOptions;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Refusals;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.page.DurationInWords;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;
import org.lapse.platform.page.Pages;

/**
 * {@code /relogin}: the re-login dialog as a plain page, for the browser in which the locked session was opened.
 *
 * <p>OK resumes the session, Cancel asks whether to close it. {@code session} names it by its {@code sid} where the
 * browser has more than one, and {@code redirect_uri}, one of the application's own, is where the browser goes then.
 */
@WebServlet("/relogin")
public class ReloginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(ReloginServlet.class.getName());

    @Inject
    private Relogin relogin;

    @Inject
    private PasskeyRelogin passkeys;

    @Inject
    private LockedSessions lockedSessions;

    @Inject
    private Pages pages;

    @Inject
    private FormGuard forms;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (hasReadableParameters(request)) {
            super.service(request, response);
        } else {
            pages.showError(request, response, 400, Messages.text("error.refused"));
        }
    }

    /** WildFly throws at the first question for a parameter where there are more than it takes. */
    private static boolean hasReadableParameters(HttpServletRequest request) {
        try {
            return request.getParameterMap() != null;
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "A form cannot be read", e);
            return false;
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<LockedSession> locked = lockedSessions.ofBrowser(request);
        Optional<LockedSession> meant = LockedSessions.named(locked, request.getParameter("session"));
        if (meant.isPresent()) {
            ask(request, response, 200, meant.get(), null);
        } else if (locked.isEmpty()) {
            pages.show(response, 200, "relogin-done", doneModel("relogin.nothing-locked"), null);
        } else {
            pages.show(response, 200, "relogin-choice", choiceModel(locked), null);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<LockedSession> meant =
                LockedSessions.named(lockedSessions.ofBrowser(request), request.getParameter("session"));
        if (meant.isEmpty()) {
            pages.show(response, 200, "relogin-done", doneModel("relogin.nothing-locked"), null);
            return;
        }
        LockedSession session = meant.get();
        if (!forms.accepts(request, request.getParameter(FormGuard.FIELD))) {
            ask(request, response, 400, session, Messages.text("sign-in.form-not-ours"));
            return;
        }
        if (request.getParameter("credential") == null && "passkey".equals(request.getParameter("step"))) {
            sendOptions(request, response, session);
            return;
        }
        String answer = Optional.ofNullable(request.getParameter("answer"))
                .or(() -> Optional.ofNullable(request.getParameter("step")))
                .orElse("");
        switch (answer) {
            case "cancel" ->
                pages.show(
                        response,
                        200,
                        "relogin-close",
                        model(request, response, session, null),
                        redirect(request, session));
            case "close" -> {
                relogin.close(session.id());
                pages.show(response, 200, "relogin-done", doneModel("relogin.closed"), null);
            }
            case "ok" -> resume(request, response, session);
            case "passkey" -> resumeByPasskey(request, response, session);
            default -> ask(request, response, 400, session, null);
        }
    }

    /** What the script of the page hands to {@code navigator.credentials}. */
    private void sendOptions(HttpServletRequest request, HttpServletResponse response, LockedSession session)
            throws IOException {
        Optional<PasskeyOptions.Request> options = passkeys.ask(session.id(), bindingOf(request));
        if (options.isEmpty()) {
            Refusals.send(request, response, ApiException.notFound());
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getOutputStream().write(StrictJson.mapper().writeValueAsBytes(options.get()));
    }

    private void resumeByPasskey(HttpServletRequest request, HttpServletResponse response, LockedSession session)
            throws IOException {
        String credential =
                Optional.ofNullable(request.getParameter("credential")).orElse("");
        Optional<ReloginOutcome> outcome =
                passkeys.resume(session.id(), bindingOf(request), credential, Relogin.TokenWish.NONE);
        if (outcome.isEmpty()) {
            ask(request, response, 400, session, Messages.text("relogin.passkey-refused"));
        } else if (outcome.get() instanceof ReloginOutcome.Gone) {
            pages.show(response, 200, "relogin-done", doneModel("relogin.too-many"), null);
        } else {
            goBack(request, response, session);
        }
    }

    private static PasskeyBinding bindingOf(HttpServletRequest request) {
        return PasskeyBinding.ofForm(
                Optional.ofNullable(request.getParameter(FormGuard.FIELD)).orElse(""));
    }

    private void goBack(HttpServletRequest request, HttpServletResponse response, LockedSession session)
            throws IOException {
        String redirectUri = redirect(request, session);
        if (redirectUri == null) {
            pages.show(response, 200, "relogin-done", doneModel("relogin.resumed"), null);
        } else {
            response.sendRedirect(redirectUri);
        }
    }

    private void resume(HttpServletRequest request, HttpServletResponse response, LockedSession session)
            throws IOException {
        String password = Optional.ofNullable(request.getParameter("password")).orElse("");
        ReloginOutcome outcome =
                relogin.resume(session.id(), request.getParameter("username"), password, Relogin.TokenWish.NONE);
        if (outcome instanceof ReloginOutcome.Resumed || outcome instanceof ReloginOutcome.NotLocked) {
            goBack(request, response, session);
        } else if (outcome instanceof ReloginOutcome.Throttled throttled) {
            response.setHeader(
                    "Retry-After",
                    Long.toString(
                            Math.max(1, throttled.remaining().plusMillis(999).toSeconds())));
            ask(
                    request,
                    response,
                    429,
                    session,
                    Messages.text("sign-in.throttled", DurationInWords.of(throttled.remaining())));
        } else if (outcome instanceof ReloginOutcome.Busy) {
            response.setHeader("Retry-After", Long.toString(PasswordCheck.Busy.RETRY_AFTER.toSeconds()));
            ask(request, response, 503, session, Messages.text("sign-in.busy"));
        } else if (outcome instanceof ReloginOutcome.AnotherUser) {
            ask(request, response, 403, session, Messages.text("relogin.another-user"));
        } else if (outcome instanceof ReloginOutcome.WrongPassword) {
            ask(request, response, 400, session, Messages.text("relogin.wrong"));
        } else {
            pages.show(response, 200, "relogin-done", doneModel("relogin.too-many"), null);
        }
    }

    private void ask(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            LockedSession session,
            @Nullable String error)
            throws IOException {
        pages.showWithScript(
                response, status, "relogin", model(request, response, session, error), redirect(request, session));
    }

    private Map<String, ?> model(
            HttpServletRequest request, HttpServletResponse response, LockedSession session, @Nullable String error) {
        String redirectUri = redirect(request, session);
        return Map.of(
                "title", Messages.text("relogin.title"),
                "application", session.applicationName(),
                "username", session.username(),
                "session", session.id(),
                "csrf", forms.valueFor(request, response),
                "redirectUris", redirectUri == null ? List.of() : List.of(redirectUri),
                "errors", error == null ? List.of() : List.of(error));
    }

    private static Map<String, ?> doneModel(String message) {
        return Map.of("title", Messages.text("relogin.title"), "message", Messages.text(message));
    }

    private static Map<String, ?> choiceModel(List<LockedSession> locked) {
        return Map.of("title", Messages.text("relogin.title"), "sessions", locked);
    }

    /** Where the browser goes after the dialog: an address that is registered for the application, or nowhere. */
    private static @Nullable String redirect(HttpServletRequest request, LockedSession session) {
        String asked = request.getParameter("redirect_uri");
        return asked != null && session.redirectUris().contains(asked) ? asked : null;
    }
}

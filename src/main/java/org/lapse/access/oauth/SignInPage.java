package org.lapse.access.oauth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.platform.page.DurationInWords;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;
import org.lapse.platform.page.Pages;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.InactivityTimeouts;

/**
 * The page on which people give their password. It says beforehand how long they may be inactive (WCAG 2.2, 2.2.6).
 */
@Singleton
class SignInPage {
    /** What the form brings back of the request that led to it. */
    static final List<String> KEPT = List.of(
            "client_id",
            "redirect_uri",
            "response_type",
            "response_mode",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "prompt",
            "max_age",
            AuthorizationCall.ACR_VALUES,
            RequestedAudience.PARAMETER,
            "login_hint",
            IdTokens.HINT,
            "reason");

    /** What an application says that does not know why the session ended. */
    private static final String ENDED = "ended";

    /** What the page for a new password says as it stands in the messages. */
    private static final List<String> NEW_PASSWORD_WORDS =
            List.of("title", "why", "user-name", "present", "new", "again", "change");

    private final Pages pages;
    private final FormGuard guard;
    private final InactivityTimeouts timeouts;
    private final TokenGrants grants;
    private final SignIns signIns;

    @Inject
    SignInPage(Pages pages, FormGuard guard, InactivityTimeouts timeouts, TokenGrants grants, SignIns signIns) {
        this.pages = pages;
        this.guard = guard;
        this.timeouts = timeouts;
        this.grants = grants;
        this.signIns = signIns;
    }

    /** Shows the page for a request that nobody has answered yet. */
    void ask(
            AuthorizationCall call,
            Parameters parameters,
            boolean lapsed,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<String> reason = parameters
                .get("reason")
                .flatMap(word -> reason(word, request, call.client()))
                .or(() -> lapsed ? Optional.of(lapse(request, call.client())) : Optional.empty());
        String username =
                parameters.get("login_hint").map(SignInPage::usernameOf).orElse("");
        show(call, parameters, 200, reason, Optional.empty(), false, username, request, response);
    }

    /** Shows the page again: user name and password do not fit. It does not say which. */
    void refuseWrong(
            AuthorizationCall call, Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refuse(call, parameters, 403, text(request, "sign-in.wrong"), true, request, response);
    }

    /** Shows the page again: too many passwords were wrong, and the next one must wait. */
    void refuseThrottled(
            AuthorizationCall call,
            Parameters parameters,
            Duration remaining,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Duration wait = Duration.ofSeconds(Math.max(1, remaining.plusMillis(999).toSeconds()));
        response.setHeader("Retry-After", Long.toString(wait.toSeconds()));
        String message = text(request, "sign-in.throttled", DurationInWords.of(Messages.languageOf(request), wait));
        refuse(call, parameters, 429, message, false, request, response);
    }

    /** Shows the page again: too many passwords are being checked, and this one was not looked at. */
    void refuseBusy(
            AuthorizationCall call, Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Retry-After", Long.toString(PasswordCheck.Busy.RETRY_AFTER.toSeconds()));
        refuse(call, parameters, 503, text(request, "sign-in.busy"), false, request, response);
    }

    /** Shows the page that asks for another password in the place of one that somebody else chose. */
    void askNewPassword(
            AuthorizationCall call,
            Parameters parameters,
            Optional<String> error,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Locale language = Messages.languageOf(request);
        Map<String, Object> model = new HashMap<>();
        NEW_PASSWORD_WORDS.forEach(word -> model.put(word, Messages.text(language, "new-password." + word)));
        model.put("lang", language.getLanguage());
        model.put("errors", error.stream().toList());
        model.put("username", parameters.get("username").orElse(""));
        model.put("hidden", HiddenField.of(parameters, KEPT, guard.valueFor(request, response)));
        pages.show(response, error.isPresent() ? 400 : 200, "new-password", model, call.redirectUri());
    }

    /** Shows the page again: the form was not one that this browser was shown. */
    void refuseForeignForm(
            AuthorizationCall call, Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refuse(call, parameters, 403, text(request, "sign-in.form-not-ours"), false, request, response);
    }

    /** Shows the page again: the passkey is not one of this organization, or did not answer what was asked. */
    void refusePasskey(
            AuthorizationCall call, Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refuse(call, parameters, 400, text(request, "sign-in.passkey-refused"), false, request, response);
    }

    /** Shows the page again: what was proved so far is too long ago, or there were too many wrong codes. */
    void refuseStep(
            AuthorizationCall call, Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refuse(call, parameters, 400, text(request, "second-step.over"), false, request, response);
    }

    private void refuse(
            AuthorizationCall call,
            Parameters parameters,
            int status,
            String message,
            boolean wrong,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String username = parameters.get("username").orElse("");
        show(call, parameters, status, Optional.empty(), Optional.of(message), wrong, username, request, response);
    }

    private void show(
            AuthorizationCall call,
            Parameters parameters,
            int status,
            Optional<String> reason,
            Optional<String> error,
            boolean wrong,
            String username,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String application = call.client().application().name();
        String title = error.isPresent() ? "sign-in.title-after-error" : "sign-in.title";
        Locale language = Messages.languageOf(request);
        Map<String, Object> model = Map.ofEntries(
                Map.entry("title", Messages.text(language, title, application)),
                Map.entry("lang", language.getLanguage()),
                Map.entry("w", Messages.words(language, "sign-in-page", application)),
                Map.entry("reasons", reason.stream().toList()),
                Map.entry("errors", error.stream().toList()),
                Map.entry("wrong", wrong),
                Map.entry("username", username),
                Map.entry("usernameKnown", !username.isEmpty()),
                Map.entry("hidden", HiddenField.of(parameters, KEPT, guard.valueFor(request, response))),
                Map.entry("inactivity", inactivityOf(call.client(), language)));
        pages.showWithScript(response, status, "sign-in", model, call.redirectUri());
    }

    private String inactivityOf(Client client, Locale language) {
        return timeouts.decisionFor(client.organizationId(), client.id(), Set.of())
                .timeout()
                .map(InactivityTimeout::duration)
                .map(timeout -> Messages.text(language, "sign-in.inactivity", DurationInWords.of(language, timeout)))
                .orElseGet(() -> Messages.text(
                        language, "sign-in.no-inactivity", DurationInWords.of(language, grants.longestLife(client))));
    }

    /**
     * Why the application sends somebody here, in our words: an address must not be able to put others on the page.
     * What a client cannot find out by itself is said only where it ended this browser's last session.
     */
    private Optional<String> reason(String word, HttpServletRequest request, Client client) {
        if (word.equals(ENDED)) {
            return Optional.of(signIns.lastEnd(request, client.id())
                    .map(ended -> textOf(request, ended))
                    .orElseGet(() -> text(request, "reason.ended")));
        }
        return EndReason.toldByClient(word).map(told -> textOf(request, told));
    }

    /** What inactivity, or an administrator, has done to this browser's last session. */
    private String lapse(HttpServletRequest request, Client client) {
        return signIns.lastLock(request, client.id())
                .map(locked -> text(request, "locked." + locked.wireName()))
                .orElseGet(() -> textOf(request, EndReason.INACTIVITY));
    }

    private static String textOf(HttpServletRequest request, EndReason reason) {
        return text(request, reason.messageKey());
    }

    private static String text(HttpServletRequest request, String key, Object... arguments) {
        return Messages.text(Messages.languageOf(request), key, arguments);
    }

    /** The vendor's hints are {@code email:organization}. */
    private static String usernameOf(String hint) {
        int colon = hint.lastIndexOf(':');
        return colon > 0 ? hint.substring(0, colon) : hint;
    }
}

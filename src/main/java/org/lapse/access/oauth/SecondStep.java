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
import org.lapse.access.signin.PendingSignIns;
import org.lapse.access.signin.SignIn;
import org.lapse.organizations.authenticator.OneTimeCodes;
import org.lapse.organizations.authenticator.SecondFactorPolicy;
import org.lapse.organizations.directory.User;
import org.lapse.platform.page.DurationInWords;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;
import org.lapse.platform.page.Pages;

/**
 * The pages after the password: the one that asks for a code, a passkey or a recovery code; for users who must have one of
 * these and have none, the one on which to set one up; and the one that shows the recovery codes this once.
 */
@Singleton
class SecondStep {
    /** Which step a form takes. */
    static final String FIELD = "step";

    /** What {@code navigator.credentials} has answered, as JSON. */
    static final String CREDENTIAL = "credential";

    static final String PASSKEY_ALONE = "passkey";
    static final String SECOND_PASSKEY = "second-passkey";
    static final String NEW_PASSKEY = "new-passkey";
    static final String CONTINUE = "continue";

    private static final String CODE = "code";
    private static final String NEW_APP = "new-app";

    private final PendingSignIns pending;
    private final SignInPage signInPage;
    private final Pages pages;
    private final FormGuard guard;

    @Inject
    SecondStep(PendingSignIns pending, SignInPage signInPage, Pages pages, FormGuard guard) {
        this.pending = pending;
        this.signInPage = signInPage;
        this.pages = pages;
        this.guard = guard;
    }

    /**
     * Asks a user who has given their password for more.
     *
     * @return false where the user was disabled, or the password changed, since it was checked
     */
    boolean begin(
            User user,
            AuthorizationCall call,
            Parameters parameters,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<PendingSignIns.Person> person = pending.begin(user, response);
        if (person.isPresent()) {
            ask(person.get(), call, parameters, 200, Optional.empty(), request, response);
        }
        return person.isPresent();
    }

    /** Takes the step of a form of ours; empty where the answer is a page. */
    Optional<SignIn> take(
            AuthorizationCall call, Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        PendingSignIns.Outcome outcome = outcome(call, parameters, request, response);
        if (outcome instanceof PendingSignIns.Outcome.SignedIn signedIn) {
            if (signedIn.recoveryCodes().isEmpty()) {
                return Optional.of(signedIn.signIn());
            }
            showRecoveryCodes(signedIn.recoveryCodes(), call, parameters, request, response);
            return Optional.empty();
        }
        Optional<PendingSignIns.Person> person = pending.of(request);
        if (person.isEmpty() || outcome instanceof PendingSignIns.Outcome.Over) {
            signInPage.refuseStep(call, parameters, request, response);
        } else if (outcome instanceof PendingSignIns.Outcome.Throttled throttled) {
            Duration remaining = throttled.remaining();
            response.setHeader(
                    "Retry-After",
                    Long.toString(Math.max(1, remaining.plusMillis(999).toSeconds())));
            Locale language = Messages.languageOf(request);
            String message = Messages.text(language, "second-step.throttled", DurationInWords.of(language, remaining));
            ask(person.get(), call, parameters, 429, Optional.of(message), request, response);
        } else {
            String message = Messages.text(Messages.languageOf(request), "second-step.wrong");
            ask(person.get(), call, parameters, 400, Optional.of(message), request, response);
        }
        return Optional.empty();
    }

    private PendingSignIns.Outcome outcome(
            AuthorizationCall call, Parameters parameters, HttpServletRequest request, HttpServletResponse response) {
        String application = call.client().id();
        String form = parameters.get(FormGuard.FIELD).orElse("");
        String code = parameters.get(CODE).orElse("");
        String credential = parameters.get(CREDENTIAL).orElse("");
        return switch (parameters.get(FIELD).orElse("")) {
            case CODE -> pending.byCode(application, code, request, response);
            case SECOND_PASSKEY -> pending.byPasskey(application, form, credential, request, response);
            case NEW_APP -> pending.byNewApp(application, code, request, response);
            case NEW_PASSKEY -> pending.byNewPasskey(application, form, credential, request, response);
            default -> new PendingSignIns.Outcome.Over();
        };
    }

    private void ask(
            PendingSignIns.Person person,
            AuthorizationCall call,
            Parameters parameters,
            int status,
            Optional<String> error,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        SecondFactorPolicy.Enrolled enrolled = person.enrolled();
        Locale language = Messages.languageOf(request);
        Map<String, Object> model = model(parameters, request, response);
        model.put("errors", error.stream().toList());
        String template;
        if (enrolled.isAny()) {
            template = "second-step";
            model.put(
                    "title",
                    Messages.text(language, error.isPresent() ? "second-step.title-after-error" : "second-step.title"));
            model.put("w", words(person, call, language, "second-step-page"));
            model.put("app", enrolled.totp());
            model.put("passkey", enrolled.passkeys() > 0);
            model.put("typed", enrolled.totp() || enrolled.recoveryCodes() > 0);
            model.put(
                    "label",
                    Messages.text(
                            language,
                            !enrolled.totp()
                                    ? "second-step.recovery-code"
                                    : enrolled.recoveryCodes() > 0 ? "second-step.either-code" : "second-step.code"));
        } else {
            OneTimeCodes.Enrolment enrolment = pending.enrolment(person);
            template = "enrolment";
            model.put(
                    "title",
                    Messages.text(language, error.isPresent() ? "enrolment.title-after-error" : "enrolment.title"));
            model.put("w", words(person, call, language, "enrolment-page"));
            model.put("secret", enrolment.secret().replaceAll("(.{4})(?=.)", "$1 "));
            model.put("uri", enrolment.uri());
        }
        pages.showWithScript(response, status, template, model, call.redirectUri());
    }

    private static Map<String, String> words(
            PendingSignIns.Person person, AuthorizationCall call, Locale language, String page) {
        return Messages.words(
                language,
                page,
                call.client().application().name(),
                person.user().username());
    }

    private void showRecoveryCodes(
            List<String> codes,
            AuthorizationCall call,
            Parameters parameters,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Map<String, Object> model = model(parameters, request, response);
        Locale language = Messages.languageOf(request);
        model.put("title", Messages.text(language, "recovery-codes.title"));
        model.put(
                "w",
                Messages.words(
                        language,
                        "recovery-codes-page",
                        call.client().application().name()));
        model.put("codes", codes);
        pages.show(response, 200, "recovery-codes", model, call.redirectUri());
    }

    private Map<String, Object> model(Parameters parameters, HttpServletRequest request, HttpServletResponse response) {
        Map<String, Object> model = new HashMap<>();
        model.put("lang", Messages.languageOf(request).getLanguage());
        model.put("hidden", HiddenField.of(parameters, SignInPage.KEPT, guard.valueFor(request, response)));
        return model;
    }
}

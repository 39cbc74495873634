package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.openid.connect.sdk.OIDCError;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.PasskeySignIns;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInAttempts;
import org.lapse.access.signin.SignIns;
import org.lapse.access.signin.SilentSignIn;
import org.lapse.organizations.authenticator.SecondFactorPolicy;
import org.lapse.organizations.directory.PasswordChanges;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.settings.RestrictionsInForce;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.CorrelationFilter;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.platform.api.TrustedProxies;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.Messages;

/**
 * The authorization endpoint: sends the browser back to the application with a code, at once where somebody is signed
 * in and may enter without the password, otherwise after the page for signing in. Who asks for an application that is
 * not trusted gets it after the page that asks for consent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.1">RFC 6749, section 3.1</a>
 */
@WebServlet("/oauth/authorize")
public class AuthorizeServlet extends OAuthPageServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(AuthorizeServlet.class.getName());

    @Inject
    private AuthorizationAnswers answers;

    @Inject
    private TokenAudiences audiences;

    @Inject
    private Clients clients;

    @Inject
    private Consents consents;

    @Inject
    private SignIns signIns;

    @Inject
    private IdTokens idTokens;

    @Inject
    private SignInPage page;

    @Inject
    private ConsentPage consentPage;

    @Inject
    private SignInAttempts attempts;

    @Inject
    private SecondFactorPolicy factors;

    @Inject
    private SecondStep secondStep;

    @Inject
    private PasskeySignIns passkeys;

    @Inject
    private PasswordChanges passwordChanges;

    @Inject
    private RestrictionsInForce restrictions;

    @Inject
    private TrustedProxies proxies;

    @Inject
    private WallClock clock;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ask(Parameters.ofQuery(request), request, response);
    }

    /**
     * The form of the sign-in page or of the page that asks for consent, or an authorization request that an
     * application posts.
     */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Parameters parameters = Parameters.ofBody(request);
        if (parameters.get(FormGuard.FIELD).isPresent()
                && parameters.get(ConsentPage.DECISION).isPresent()) {
            decide(parameters, request, response);
        } else if (parameters.get(FormGuard.FIELD).isPresent()
                && parameters.get(SecondStep.FIELD).isPresent()) {
            takeStep(parameters, request, response);
        } else if (parameters.get(FormGuard.FIELD).isPresent()) {
            signIn(parameters, request, response);
        } else {
            ask(parameters, request, response);
        }
    }

    private void ask(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AuthorizationCall call = callOrRedirect(parameters, request, response);
        if (call == null) {
            return;
        }
        Optional<SignIn> signIn = signIns.of(request).filter(found -> call.isAbout(found.userId()));
        SilentSignIn.Answer answer =
                signIn.map(found -> mayEnter(call, found, call.maximumAge())).orElse(SilentSignIn.Answer.OVER);
        if (answer == SilentSignIn.Answer.ALLOWED && !call.freshAsked()) {
            enter(call, parameters, signIn.orElseThrow(), request, response);
        } else if (call.silentAsked()) {
            answers.sendError(call.redirectUri(), parameters, OIDCError.LOGIN_REQUIRED, request, response);
        } else {
            boolean lapsed = answer == SilentSignIn.Answer.LAPSED || answer == SilentSignIn.Answer.UNUSED;
            page.ask(call, parameters, lapsed, request, response);
        }
    }

    private void signIn(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AuthorizationCall call = callOrRedirect(parameters, request, response);
        if (call == null) {
            return;
        }
        if (!guard().accepts(request, parameters.get(FormGuard.FIELD).orElse(null))) {
            page.refuseForeignForm(call, parameters, request, response);
            return;
        }
        PasswordCheck check = check(call, parameters, parameters.get("password").orElse(""), request);
        if (check instanceof PasswordCheck.Right first && first.user().mustChangePassword()) {
            Optional<String> newPassword = newPassword(call, parameters, first, request, response);
            if (newPassword.isEmpty()) {
                return;
            }
            check = check(call, parameters, newPassword.get(), request);
        }
        if (check instanceof PasswordCheck.Right right && factors.areAskedOf(right.user(), call.assurance())) {
            if (!secondStep.begin(right.user(), call, parameters, request, response)) {
                page.refuseWrong(call, parameters, request, response);
            }
            return;
        }
        Optional<SignIn> signIn = check instanceof PasswordCheck.Right right
                ? signIns.signIn(right.user(), request, response)
                : Optional.empty();
        if (signIn.isPresent()) {
            enter(call, parameters, signIn.get(), request, response);
            return;
        }
        LOG.log(Level.INFO, "Request {0}: sign-in to {1} refused", new Object[] {
            CorrelationFilter.correlationIdOf(request), call.client().id()
        });
        if (check instanceof PasswordCheck.Throttled throttled) {
            page.refuseThrottled(call, parameters, throttled.remaining(), request, response);
        } else if (check instanceof PasswordCheck.Busy) {
            page.refuseBusy(call, parameters, request, response);
        } else {
            page.refuseWrong(call, parameters, request, response);
        }
    }

    /** What comes back from a page that asks for more than the password, or for a passkey in its place. */
    private void takeStep(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AuthorizationCall call = callOrRedirect(parameters, request, response);
        if (call == null) {
            return;
        }
        String form = parameters.get(FormGuard.FIELD).orElse("");
        if (!guard().accepts(request, form)) {
            page.refuseForeignForm(call, parameters, request, response);
            return;
        }
        Optional<SignIn> signIn;
        switch (parameters.get(SecondStep.FIELD).orElse("")) {
            case SecondStep.PASSKEY_ALONE -> {
                signIn = passkeys.signIn(
                        call.client().organizationId(),
                        call.client().id(),
                        form,
                        parameters.get(SecondStep.CREDENTIAL).orElse(""),
                        request,
                        response);
                if (signIn.isEmpty()) {
                    page.refusePasskey(call, parameters, request, response);
                }
            }
            case SecondStep.CONTINUE -> {
                signIn = signIns.of(request)
                        .filter(found ->
                                mayEnter(call, found, call.maximumAgeOfAnAnswer()) == SilentSignIn.Answer.ALLOWED);
                if (signIn.isEmpty()) {
                    page.refuseForeignForm(call, parameters, request, response);
                }
            }
            default -> signIn = secondStep.take(call, parameters, request, response);
        }
        if (signIn.isPresent()) {
            enter(call, parameters, signIn.get(), request, response);
        }
    }

    private SilentSignIn.Answer mayEnter(AuthorizationCall call, SignIn signIn, Optional<Duration> maximumAge) {
        return signIns.mayEnter(
                signIn, call.client().organizationId(), call.client().id(), maximumAge, call.assurance());
    }

    private PasswordCheck check(
            AuthorizationCall call, Parameters parameters, String password, HttpServletRequest request) {
        return attempts.check(
                call.client().organizationId(),
                call.client().id(),
                parameters.get("username").orElse(""),
                password,
                call.assurance(),
                request,
                clock.now());
    }

    /** The user's new password, which is stored; empty where the page has been shown that asks for one. */
    private Optional<String> newPassword(
            AuthorizationCall call,
            Parameters parameters,
            PasswordCheck.Right present,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<String> asked = parameters.get("new_password");
        Locale language = Messages.languageOf(request);
        Optional<String> objection = Optional.empty();
        if (asked.isPresent()) {
            if (!asked.equals(parameters.get("repeated_password"))) {
                objection = Optional.of(Messages.text(language, "new-password.differs"));
            } else if (asked.equals(parameters.get("password"))) {
                objection = Optional.of(Messages.text(language, "new-password.same"));
            } else {
                try {
                    passwordChanges.replaceDemanded(
                            present.user(), call.client().id(), asked.get(), language);
                    return asked;
                } catch (ApiException refusal) {
                    if (refusal.status() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
                        throw refusal;
                    }
                    objection = Optional.of(refusal.message());
                }
            }
        }
        page.askNewPassword(call, parameters, objection, request, response);
        return Optional.empty();
    }

    /**
     * Somebody is signed in: sends the browser back with a code, unless the user has to consent first, or is not the
     * one whom the application named.
     */
    private void enter(
            AuthorizationCall call,
            Parameters parameters,
            SignIn signIn,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (!call.isAbout(signIn.userId())) {
            answers.sendError(call.redirectUri(), parameters, OIDCError.LOGIN_REQUIRED, request, response);
            return;
        }
        Optional<String> code = consents.code(call, signIn);
        if (code.isPresent()) {
            answers.sendCode(call, code.get(), parameters, request, response);
        } else if (call.silentAsked()) {
            answers.sendError(call.redirectUri(), parameters, OIDCError.CONSENT_REQUIRED, request, response);
        } else {
            consentPage.ask(call, parameters, signIn, request, response);
        }
    }

    /** The user has answered whether the application may have what it asks for. */
    private void decide(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AuthorizationCall call = callOrRedirect(parameters, request, response);
        if (call == null) {
            return;
        }
        SignIn signIn = signIns.of(request)
                .filter(found -> mayEnter(call, found, call.maximumAgeOfAnAnswer()) == SilentSignIn.Answer.ALLOWED)
                .orElse(null);
        boolean isOurs =
                guard().accepts(request, parameters.get(FormGuard.FIELD).orElse(null));
        if (signIn == null) {
            page.refuseForeignForm(call, parameters, request, response);
        } else if (!isOurs
                || !parameters
                        .get(ConsentPage.USER)
                        .equals(Optional.of(signIn.userId().toString()))) {
            consentPage.refuseForeignForm(call, parameters, signIn, request, response);
        } else if (!call.isAbout(signIn.userId())) {
            answers.sendError(call.redirectUri(), parameters, OIDCError.LOGIN_REQUIRED, request, response);
        } else if (!parameters.get(ConsentPage.DECISION).equals(Optional.of(ConsentPage.ALLOW))) {
            answers.sendError(call.redirectUri(), parameters, OAuth2Error.ACCESS_DENIED, request, response);
        } else {
            Optional<String> code = consents.give(call, signIn);
            if (code.isPresent()) {
                answers.sendCode(call, code.get(), parameters, request, response);
            } else {
                page.refuseWrong(call, parameters, request, response);
            }
        }
    }

    /** The request, or null where the browser has been sent back with what is wrong with it. */
    private @Nullable AuthorizationCall callOrRedirect(
            Parameters parameters, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Client client = clientOf(parameters);
        String redirectUri = redirectUriOf(parameters, client);
        if (restrictions
                .of(client.organizationId())
                .get()
                .refusal(proxies.clientOf(request), null)
                .isPresent()) {
            answers.sendError(redirectUri, parameters, OAuth2Error.ACCESS_DENIED, request, response);
            return null;
        }
        try {
            AuthorizationCall call = AuthorizationCall.of(client, redirectUri, parameters, audiences);
            return call.about(idTokens.userNamedBy(client, parameters, clock.now()));
        } catch (OAuthRefusal refusal) {
            answers.sendError(redirectUri, parameters, refusal.error(), request, response);
            return null;
        }
    }

    private Client clientOf(Parameters parameters) {
        return clients.find(single(parameters, "client_id", "authorize.no-client"))
                .orElseThrow(() -> new PageRefusal("authorize.unknown-client"));
    }

    /** Until it is known to be good, nobody is sent anywhere. */
    private static String redirectUriOf(Parameters parameters, Client client) {
        String redirectUri = single(parameters, "redirect_uri", "authorize.no-redirect");
        if (!client.sendsBackTo(redirectUri)) {
            throw new PageRefusal("authorize.unknown-redirect");
        }
        return redirectUri;
    }

    private static String single(Parameters parameters, String name, String messageIfMissing) {
        if (parameters.isDoubled(name)) {
            throw new PageRefusal("authorize.doubled", name);
        }
        return parameters.get(name).orElseThrow(() -> new PageRefusal(messageIfMissing));
    }
}

package org.lapse.access.account;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.access.account.AccountPage.Visitor;
import org.lapse.access.oauth.Consents;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignIns;
import org.lapse.access.signin.SilentSignIn;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.organizations.directory.OtherSessions;
import org.lapse.organizations.directory.PasswordChanges;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.settings.RestrictionsInForce;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.ErrorDetail;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.api.TrustedProxies;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.FormGuard;
import org.lapse.platform.page.PageServlet;
import org.lapse.platform.page.Pages;
import org.lapse.platform.page.Unguessable;

/**
 * {@code /account/}: one's own sessions, consents and password. Who is at the browser is known by its sign-in, and
 * without one is sent to the sign-in page, by way of the console as the application. What ends something asks for the
 * password, unless it was given within {@code lapse.account.recent}; a change of the password always does.
 *
 * @see <a href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 7.5.1 and
 *     7.5.2</a>
 */
@WebServlet(AccountServlet.PATH)
public class AccountServlet extends PageServlet {
    static final String PATH = "/account/";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(AccountServlet.class.getName());
    private static final String CONSOLE = "lapse-console";
    private static final Set<String> CONFIRMED = Set.of("end", "others", "revoke");

    @Inject
    private SignIns signIns;

    @Inject
    private Users users;

    @Inject
    private PasswordChecks checks;

    @Inject
    private PasswordChanges changes;

    @Inject
    private OwnSessions sessions;

    @Inject
    private Consents consents;

    @Inject
    private AccountPage page;

    @Inject
    private AccountFactors factors;

    @Inject
    private Pages pages;

    @Inject
    private FormGuard guard;

    @Inject
    private RestrictionsInForce restrictions;

    @Inject
    private TrustedProxies proxies;

    @Inject
    private IssuerIdentifier issuer;

    @Inject
    private WallClock clock;

    @Inject
    @ConfigProperty(name = "lapse.account.recent", defaultValue = "PT5M")
    private Duration recent;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (hasReadableParameters(request)) {
            super.service(request, response);
        } else {
            refuse(request, response, 400, "error.refused");
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
        boolean comesBack = request.getParameter("code") != null || request.getParameter("error") != null;
        Optional<SignIn> signIn = signIns.of(request);
        Optional<Visitor> visitor = visitor(signIn);
        if (visitor.isEmpty()) {
            if (comesBack) {
                refuse(request, response, 400, "error.cookies");
            } else {
                askToSignIn(request, response, signIn.isPresent());
            }
        } else if (isFromElsewhere(request, visitor.get())) {
            refuse(request, response, 403, "error.place");
        } else if (comesBack) {
            response.sendRedirect(PATH); // the code was for nobody: it is void in a minute
        } else {
            String done = Optional.ofNullable(request.getParameter("done"))
                    .filter(key -> AccountPage.texts(request).has("done." + key))
                    .orElse(null);
            page.show(request, response, 200, visitor.get(), done, null);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<SignIn> signIn = signIns.of(request);
        Visitor visitor = visitor(signIn).orElse(null);
        if (request.getQueryString() != null) { // a password in an address stands in logs
            refuse(request, response, 400, "error.refused");
        } else if (visitor == null) {
            askToSignIn(request, response, signIn.isPresent());
        } else if (isFromElsewhere(request, visitor)) {
            refuse(request, response, 403, "error.place");
        } else if (!guard.accepts(request, request.getParameter(FormGuard.FIELD))) {
            String error = AccountPage.texts(request).text("error.form");
            page.show(request, response, 403, visitor, null, error);
        } else {
            String action = field(request, "action");
            if (action.equals("password")) {
                changePassword(request, response, visitor);
            } else if (factors.isOne(request)) {
                changeFactors(request, response, visitor);
            } else if (CONFIRMED.contains(action)) {
                confirm(request, response, visitor, action);
            } else {
                refuse(request, response, 400, "error.refused");
            }
        }
    }

    /** The user of a sign-in that has not gone unused for too long. */
    private Optional<Visitor> visitor(Optional<SignIn> signIn) {
        return signIn.filter(found -> signIns.mayEnterAccount(found) == SilentSignIn.Answer.ALLOWED)
                .flatMap(found -> users.find(found.organizationId(), found.userId())
                        .map(user -> new Visitor(
                                found,
                                user,
                                new Caller(
                                        user.organizationId(),
                                        "",
                                        user.id(),
                                        user.username(),
                                        users.entitlements(user).permissions(),
                                        ""))));
    }

    private boolean isFromElsewhere(HttpServletRequest request, Visitor visitor) {
        return restrictions
                .of(visitor.user().organizationId())
                .get()
                .refusal(proxies.clientOf(request), null)
                .isPresent();
    }

    /**
     * Sends the browser to the sign-in page. The code that comes back is not redeemed: what counts is the sign-in.
     *
     * @param fresh whether the browser's sign-in does not do, though it may do for the console
     */
    private void askToSignIn(HttpServletRequest request, HttpServletResponse response, boolean fresh) {
        seeOther(response, signInAddress(request) + (fresh ? "&prompt=login" : ""));
    }

    private String signInAddress(HttpServletRequest request) {
        String client = Optional.ofNullable(request.getParameter("application")).orElse(CONSOLE);
        return "/oauth/authorize?client_id=" + encoded(client) + "&redirect_uri="
                + encoded(issuer.value() + PATH) + "&response_type=code&scope=openid&code_challenge="
                + Unguessable.next() + "&code_challenge_method=S256";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static void seeOther(HttpServletResponse response, String target) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", target);
        response.setHeader("Cache-Control", "no-store");
    }

    /** Does what ends something, once it is sure who wants it. */
    private void confirm(HttpServletRequest request, HttpServletResponse response, Visitor visitor, String action)
            throws IOException {
        String id = field(request, "id");
        boolean isRecent =
                clock.now().isBefore(visitor.signIn().authenticatedAt().plus(recent));
        if (isRecent) {
            act(response, visitor, action, id);
            return;
        }
        String password = request.getParameter("password");
        if (password == null) {
            page.askForPassword(request, response, 200, visitor, action, id, null);
            return;
        }
        PasswordCheck check = checks.checkAgain(
                visitor.user().organizationId(), visitor.user().id(), password);
        if (check instanceof PasswordCheck.Right right) {
            if (signIns.goOn(visitor.signIn(), right.user(), request, response).isPresent()) {
                act(response, visitor, action, id);
            } else {
                askToSignIn(request, response, true);
            }
        } else {
            Refusal refusal = refusalOf(check, AccountPage.texts(request));
            retryAfter(response, refusal);
            page.askForPassword(request, response, refusal.status, visitor, action, id, refusal.message);
        }
    }

    private void act(HttpServletResponse response, Visitor visitor, String action, String id) {
        switch (action) {
            case "end" ->
                uuid(id).ifPresent(session -> sessions.end(
                        visitor.user().id(), session, visitor.signIn().id()));
            case "others" -> sessions.endOutsideOf(visitor.signIn());
            default -> revoke(visitor, id);
        }
        seeOther(response, PATH + "?done=" + action);
    }

    private void revoke(Visitor visitor, String clientId) {
        try {
            consents.revoke(visitor.caller(), clientId);
        } catch (ApiException alreadyGone) {
            LOG.log(Level.FINE, "A consent was taken back before", alreadyGone);
        }
    }

    /** Second factors are changed by users who have lately signed in with all that they have. */
    private void changeFactors(HttpServletRequest request, HttpServletResponse response, Visitor visitor)
            throws IOException {
        boolean isRecent = clock.now()
                .isBefore(visitor.signIn().authentication().completeAt().plus(recent));
        if (!isRecent || !factors.isEnough(visitor)) {
            seeOther(response, signInAddress(request) + "&prompt=login&acr_values=" + AssuranceLevel.AAL2.wireName());
        } else if (factors.change(request, response, visitor)) {
            seeOther(response, PATH + "?done=factors");
        }
    }

    private void changePassword(HttpServletRequest request, HttpServletResponse response, Visitor visitor)
            throws IOException {
        AccountTexts texts = AccountPage.texts(request);
        String chosen = field(request, "newPassword");
        if (!chosen.equals(field(request, "newPasswordAgain"))) {
            page.show(request, response, 400, visitor, null, texts.text("error.different"));
            return;
        }
        User user = visitor.user();
        try {
            changes.changeOwn(
                    visitor.caller(),
                    user.id(),
                    field(request, "password"),
                    chosen,
                    request.getParameter("endOtherSessions") == null ? OtherSessions.KEEP : OtherSessions.END,
                    visitor.signIn().id(),
                    texts.locale());
        } catch (ApiException refused) {
            Refusal refusal = refusalOf(refused, texts);
            retryAfter(response, refusal);
            page.show(request, response, refusal.status, visitor, null, refusal.message);
            return;
        }
        boolean goesOn = users.find(user.organizationId(), user.id())
                .flatMap(changed -> signIns.goOn(visitor.signIn(), changed, request, response))
                .isPresent(); // under another cookie from now on
        if (goesOn) {
            seeOther(response, PATH + "?done=password");
        } else {
            askToSignIn(request, response, true);
        }
    }

    private static Refusal refusalOf(PasswordCheck check, AccountTexts texts) {
        if (check instanceof PasswordCheck.Throttled throttled) {
            return new Refusal(
                    429,
                    texts.text("error.throttled", texts.ahead(throttled.remaining())),
                    throttled.remaining().plusMillis(999).toSeconds());
        }
        return check instanceof PasswordCheck.Busy
                ? new Refusal(503, texts.text("error.busy"), PasswordCheck.Busy.RETRY_AFTER.toSeconds())
                : new Refusal(400, texts.text("error.wrong"), null);
    }

    /** What is wrong with a new password is said in the words of the rule. */
    private static Refusal refusalOf(ApiException refused, AccountTexts texts) {
        Long wait = Optional.ofNullable(refused.headers().get("Retry-After"))
                .map(Long::valueOf)
                .orElse(null);
        return switch (refused.status()) {
            case 429 ->
                new Refusal(
                        429,
                        texts.text("error.throttled", texts.ahead(Duration.ofSeconds(wait == null ? 0 : wait))),
                        wait);
            case 503 -> new Refusal(503, texts.text("error.busy"), wait);
            default ->
                new Refusal(
                        refused.status(),
                        isOfOldPassword(refused) ? texts.text("error.wrong") : refused.message(),
                        null);
        };
    }

    private static boolean isOfOldPassword(ApiException refused) {
        return refused.details().stream().map(ErrorDetail::fieldName).anyMatch("oldPassword"::equals);
    }

    private static void retryAfter(HttpServletResponse response, Refusal refusal) {
        if (refusal.seconds != null) {
            response.setHeader("Retry-After", refusal.seconds.toString());
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int status, String key)
            throws IOException {
        AccountTexts texts = AccountPage.texts(request);
        pages.showError(request, response, status, texts.locale(), texts.text(key));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String field(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }

    /**
     * Why something was not done.
     *
     * @param status the HTTP status
     * @param message the words
     * @param seconds after how many it is worth to try again; null where that does not help
     */
    private record Refusal(
            int status, String message, @Nullable Long seconds) {}
}

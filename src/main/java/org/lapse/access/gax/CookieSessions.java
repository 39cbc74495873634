package org.lapse.access.gax;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.KnownBrowsers;
import org.lapse.access.signin.SignInAttempts;
import org.lapse.organizations.application.ApplicationBody;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.NewApplication;
import org.lapse.organizations.application.NewApplication.TemplateReference;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.organizations.authenticator.CodeCheck;
import org.lapse.organizations.authenticator.SecondFactorPolicy;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organization;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.Passwords;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.PermissionScopes;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.BrowserCookies;
import org.lapse.platform.page.Unguessable;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.NewSession;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/**
 * The sessions of those who log in with {@code /gax/api}. Each is a session of the application <em>Genesys
 * Administrator Extension</em> of the user's organization, whose options therefore say how long it may go unused. Its
 * access token is the value of a cookie, 256 random bits, of which only the digest is kept.
 */
@Singleton
class CookieSessions {
    private static final String COOKIE = "lapse_gax";
    private static final String APPLICATION = "Genesys Administrator Extension";

    private final Admission admission;
    private final Sessions sessions;
    private final Applications applications;
    private final Organizations organizations;
    private final Users users;
    private final SignInAttempts attempts;
    private final SecondFactorPolicy factors;
    private final KnownBrowsers browsers;
    private final BrowserCookies cookies;
    private final WallClock clock;

    @Inject
    CookieSessions(
            Admission admission,
            Sessions sessions,
            Applications applications,
            Organizations organizations,
            Users users,
            SignInAttempts attempts,
            SecondFactorPolicy factors,
            KnownBrowsers browsers,
            BrowserCookies cookies,
            WallClock clock) {
        this.admission = admission;
        this.sessions = sessions;
        this.applications = applications;
        this.organizations = organizations;
        this.users = users;
        this.attempts = attempts;
        this.factors = factors;
        this.browsers = browsers;
        this.cookies = cookies;
        this.clock = clock;
    }

    /**
     * The active session of the cookie that came with a request. The deadline comes first: anybody who calls this
     * records the activity afterwards.
     *
     * @throws ApiException 401 where there is none, 403 where the organization permits no access from there
     */
    LiveSession<SessionPrincipal> of(HttpServletRequest request) {
        String cookie = cookie(request).orElseThrow(() -> ApiException.logInRequired("Log in first."));
        Access access = admission.admit(cookie, request);
        if (access instanceof Access.Granted granted) {
            return granted.session();
        }
        if (access instanceof Access.Forbidden forbidden) {
            throw ApiException.notAuthorized(forbidden.reason());
        }
        if (access instanceof Access.Locked locked) {
            throw ApiException.logInRequired(
                    locked.reason() == LockReason.INACTIVITY
                            ? "The session is locked because of inactivity: log in again."
                            : "An administrator has locked the session: log in again.");
        }
        throw ApiException.logInRequired(((Access.Refused) access).reason().replace("access token", "session"));
    }

    /**
     * Opens a session and leaves its cookie; the session of the cookie before, active or locked, is closed.
     *
     * @throws ApiException 401 for a wrong name or password, 403 for a user who may not see applications, or where the
     *     application is disabled, 429 after too many wrong passwords, 503 where too many others are checked
     */
    void open(Login login, HttpServletRequest request, HttpServletResponse response) {
        Instant now = clock.now();
        User user = authenticated(login, request, now);
        Entitlements entitlements = users.entitlements(user);
        if (!entitlements.permissions().contains(Permission.OAUTH_CLIENT_VIEW.wireName())) {
            throw ApiException.missingPermission(Permission.OAUTH_CLIENT_VIEW.wireName());
        }
        ApplicationBody application = application(user, entitlements.permissions());
        if (!application.mayHaveTokens()) {
            throw ApiException.notAuthorized("The application " + APPLICATION + " is disabled.");
        }
        close(request, EndReason.CLOSED);

        String cookie = Unguessable.next();
        Instant end = now.plusSeconds(application.accessTokenValiditySeconds());
        UUID sessionId = UUID.randomUUID();
        SessionPrincipal grant = new SessionPrincipal(
                user.organizationId(),
                application.id(),
                user.id(),
                user.username(),
                entitlements,
                PermissionScopes.ALL);
        if (!sessions.openIfAdmitted(
                new NewSession(sessionId, grant, null, now, TokenDigest.of(cookie), end, end), user)) {
            throw ApiException.wrongPassword();
        }
        cookies.setForThisSiteAlone(response, COOKIE, cookie);
        browsers.remember(user, null, request, response);
    }

    /** Ends the session of the request's cookie, if there is one, and has the browser forget it. */
    void logOut(HttpServletRequest request, HttpServletResponse response) {
        close(request, EndReason.SIGNED_OUT);
        cookies.forget(response, COOKIE);
    }

    private void close(HttpServletRequest request, EndReason reason) {
        cookie(request).flatMap(admission::find).ifPresent(session -> sessions.end(session.id(), reason));
    }

    private Optional<String> cookie(HttpServletRequest request) {
        return cookies.read(request, COOKIE).filter(Unguessable::hasForm);
    }

    private User authenticated(Login login, HttpServletRequest request, Instant now) {
        Account account = account(login.presentUsername());
        String applicationId = applications
                .findByName(account.organizationId, APPLICATION)
                .map(ApplicationBody::id)
                .orElse(null);
        PasswordCheck check = attempts.check(
                account.organizationId,
                applicationId,
                account.username,
                login.presentPassword(),
                AssuranceLevel.AAL1,
                request,
                now);
        if (check instanceof PasswordCheck.Right right) {
            if (right.user().mustChangePassword()) {
                throw ApiException.notAuthorized(
                        "The password must be changed first: sign in to an application, such as the console, once.");
            }
            if (factors.areAskedOf(right.user(), AssuranceLevel.AAL1)) {
                checkSecondFactor(right.user(), applicationId, login.oneTimeCode(), now);
            }
            return right.user();
        }
        if (check instanceof PasswordCheck.Throttled throttled) {
            throw ApiException.tooManyRequests(
                    "There were too many wrong passwords.",
                    throttled.remaining().plusMillis(999).toSeconds());
        }
        throw check instanceof PasswordCheck.Busy ? Passwords.busy() : ApiException.wrongPassword();
    }

    /** A program has no page on which it could ask for more: what is asked for comes with the password. */
    private void checkSecondFactor(User user, @Nullable String applicationId, @Nullable String code, Instant now) {
        if (!factors.of(user.id()).isAny()) {
            throw ApiException.notAuthorized("This user must have a second factor: sign in at /admin/ to set one up.");
        }
        if (code == null) {
            throw ApiException.logInRequired(
                    "This user has a second factor: send a one-time code as oneTimeCode, too.");
        }
        CodeCheck check = attempts.checkCode(user, applicationId, code, now);
        if (check instanceof CodeCheck.Throttled throttled) {
            throw ApiException.tooManyRequests(
                    "There were too many wrong codes.",
                    throttled.remaining().plusMillis(999).toSeconds());
        }
        if (check instanceof CodeCheck.Wrong) {
            throw ApiException.logInRequired("The one-time code is wrong, or was used before.");
        }
    }

    /**
     * Whom a user name means. There is no client that would name the organization: so the name does, as the vendor's
     * sign-in hints do ({@code name:domain}), or it is one that only one organization has.
     */
    private Account account(String username) {
        int colon = username.lastIndexOf(':');
        Optional<Organization> named =
                colon < 0 ? Optional.empty() : organizations.findByDomain(username.substring(colon + 1));
        if (named.isPresent()) {
            return new Account(named.get().id(), username.substring(0, colon));
        }
        List<UUID> known = users.organizationsOf(username);
        return new Account(known.size() == 1 ? known.get(0) : Organizations.NONE, username);
    }

    private ApplicationBody application(User user, Set<String> permissions) {
        return applications
                .findByName(user.organizationId(), APPLICATION)
                .orElseGet(() -> makeApplication(user, permissions));
    }

    private ApplicationBody makeApplication(User user, Set<String> permissions) {
        Caller caller = new Caller(user.organizationId(), "", user.id(), user.username(), permissions, "");
        try {
            return applications.create(
                    caller,
                    new NewApplication(
                            APPLICATION, new TemplateReference(null, APPLICATION), null, null, null, null, null));
        } catch (RuntimeException e) { // somebody else's first log-in may have been quicker
            return applications.findByName(user.organizationId(), APPLICATION).orElseThrow(() -> e);
        }
    }

    private record Account(UUID organizationId, String username) {}
}

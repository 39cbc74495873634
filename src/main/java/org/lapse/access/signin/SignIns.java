package org.lapse.access.signin;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.OtherSessions;
import org.lapse.organizations.directory.PasswordChanged;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserDisabled;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.BrowserCookies;
import org.lapse.platform.page.Unguessable;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.InactivityTimeouts;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.Sessions;
import org.lapse.sessions.session.SignInHistory;

/**
 * The sign-ins of all browsers. A browser has at most one: it is found by a cookie of which only the digest is stored.
 *
 * <p>What ends or opens something locks the user first, then the sign-in, and then the sessions.
 */
@Singleton
public class SignIns {
    private static final String COOKIE = "lapse_sign_in";

    private final SignInRows rows;
    private final Sessions sessions;
    private final InactivityTimeouts timeouts;
    private final Users users;
    private final CurrentSession current;
    private final BrowserCookies cookies;
    private final WallClock clock;
    private final Duration lifetime;

    @Inject
    SignIns(
            SignInRows rows,
            Sessions sessions,
            InactivityTimeouts timeouts,
            Users users,
            CurrentSession current,
            BrowserCookies cookies,
            WallClock clock,
            @ConfigProperty(name = "lapse.sign-in.lifetime", defaultValue = "PT12H") Duration lifetime) {
        this.rows = rows;
        this.sessions = sessions;
        this.timeouts = timeouts;
        this.users = users;
        this.current = current;
        this.cookies = cookies;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** The sign-in of the browser that makes this request, unless it is over. */
    public Optional<SignIn> of(HttpServletRequest request) {
        Instant now = clock.now();
        return known(request).filter(signIn -> !signIn.isOver(now));
    }

    private Optional<SignIn> known(HttpServletRequest request) {
        return cookies.read(request, COOKIE)
                .filter(Unguessable::hasForm)
                .flatMap(cookie -> rows.findByCookie(digestOf(cookie)));
    }

    /**
     * Why the session ended that ended last in this browser's sign-in in an application, whether that is over or not.
     */
    @Transactional
    public Optional<EndReason> lastEnd(HttpServletRequest request, String applicationId) {
        return known(request).flatMap(signIn -> sessions.lastEnd(signIn.id(), applicationId));
    }

    /**
     * Whether a sign-in may open a session in an application without the password.
     *
     * @param applicationId an application of that organization
     * @param maximumAge how long ago the password may have been given; empty for any time
     */
    @Transactional
    public SilentSignIn.Answer mayEnter(
            SignIn signIn, UUID organizationId, String applicationId, Optional<Duration> maximumAge) {
        Instant now = clock.now();
        Optional<EnabledUser> user = users.findEnabled(organizationId, signIn.userId());
        SignInHistory history = sessions.history(signIn.id(), signIn.authenticatedAt());
        SilentSignIn facts = new SilentSignIn(
                signIn.isOver(now),
                user.isPresent(),
                history.hasLapsed(applicationId),
                signIn.authenticatedAt(),
                lastUse(history, signIn.authenticatedAt()));
        Set<UUID> groups =
                user.map(EnabledUser::entitlements).orElse(Entitlements.NONE).groups();
        Optional<Duration> timeout = timeouts.decisionFor(organizationId, applicationId, groups)
                .timeout()
                .map(InactivityTimeout::duration);
        return facts.answer(timeout, maximumAge, now);
    }

    /**
     * When somebody used a sign-in last: gave the password, or used one of its sessions. That it opens a session
     * without the password is no use, because browsers do that by themselves.
     *
     * @param password when the password was given last
     */
    public static Instant lastUse(SignInHistory history, Instant password) {
        return history.lastUse().filter(password::isBefore).orElse(password);
    }

    /**
     * A user has given their password in this browser. Where the same user was signed in here, that sign-in goes on
     * under a new cookie; another user's ends, with all its sessions.
     *
     * @param user as the password was checked
     * @return empty where the user was disabled, or the password changed, since it was checked
     */
    @Transactional
    public Optional<SignIn> signIn(User user, HttpServletRequest request, HttpServletResponse response) {
        if (!users.lockUnchanged(user)) {
            return Optional.empty();
        }
        Instant now = clock.now();
        String cookie = Unguessable.next();
        Optional<SignIn> before = of(request);
        before.filter(other -> !other.userId().equals(user.id())).ifPresent(other -> end(other.id()));
        SignIn signIn = before.filter(same -> same.userId().equals(user.id()))
                .flatMap(same -> rows.change(same.id(), now, found -> {
                    found.reauthenticate(now, now.plus(lifetime));
                    found.changeCookie(digestOf(cookie));
                }))
                .orElseGet(() -> rows.insert(user, digestOf(cookie), now, now.plus(lifetime)));
        cookies.set(response, COOKIE, cookie);
        return Optional.of(signIn);
    }

    /** The user of a sign-in has given their password elsewhere in its browser, such as at the re-login dialog. */
    @Transactional
    public void reauthenticated(UUID signInId, Instant now) {
        rows.change(signInId, now, signIn -> signIn.reauthenticate(now, now.plus(lifetime)));
    }

    /**
     * Keeps a sign-in from ending until the transaction ends, together with others who open sessions of it.
     *
     * @return when its password was given last; empty where it is over
     */
    @Transactional(TxType.MANDATORY)
    public Optional<Instant> admit(UUID signInId) {
        return rows.lockLive(signInId, clock.now());
    }

    /**
     * Locks a sign-in alone until the transaction ends.
     *
     * @return false where it is over
     */
    @Transactional(TxType.MANDATORY)
    public boolean lock(UUID signInId) {
        return rows.change(signInId, clock.now(), signIn -> {}).isPresent();
    }

    /** Ends a sign-in, and all its sessions: the user has signed out. */
    @Transactional
    public void end(UUID signInId) {
        Instant now = clock.now();
        rows.change(signInId, now, signIn -> signIn.end(now));
        sessions.endOfSignIn(signInId, EndReason.SIGNED_OUT);
    }

    /** Ends all sign-ins of a user, and all the user's sessions, those without a sign-in too. */
    @Transactional
    public void endOfUser(UUID userId, EndReason reason) {
        sessions.lockUser(userId);
        rows.endOfUser(userId, clock.now());
        sessions.endOfUser(userId, reason);
    }

    /**
     * Gets out who knows an old password: all other sessions of the user end, and the sign-ins of other browsers. It
     * comes before what else follows for the sessions, because sign-ins are locked before them.
     */
    void endOthers(@Observes @Priority(Interceptor.Priority.APPLICATION) PasswordChanged changed) {
        if (changed.otherSessions() == OtherSessions.END) {
            Optional<Session> own =
                    ownSession().filter(session -> changed.userId().equals(session.userId()));
            Optional<UUID> browser = own.map(Session::signInId);
            browser.ifPresentOrElse(
                    signIn -> rows.endOthersOfUser(changed.userId(), signIn, clock.now()),
                    () -> rows.endOfUser(changed.userId(), clock.now()));
            sessions.endOthersOfUser(changed.userId(), own.map(Session::id).orElse(null), EndReason.PASSWORD_CHANGED);
        }
    }

    /** The session that makes the present request; empty where there is none. */
    private Optional<Session> ownSession() {
        try {
            return current.find().flatMap(live -> sessions.find(live.id()));
        } catch (ContextNotActiveException noRequest) {
            return Optional.empty();
        }
    }

    void end(@Observes UserDisabled disabled) {
        rows.endOfUser(disabled.userId(), clock.now());
    }

    /** Has the browser forget its sign-in. */
    public void forget(HttpServletResponse response) {
        cookies.forget(response, COOKIE);
    }

    private static byte[] digestOf(String cookie) {
        return TokenDigest.of(cookie).bytes();
    }
}

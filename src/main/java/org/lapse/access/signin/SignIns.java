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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.organizations.authenticator.AuthenticationMethods;
import org.lapse.organizations.authenticator.SecondFactorPolicy;
import org.lapse.organizations.authenticator.SecondFactorsRemoved;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.OtherSessions;
import org.lapse.organizations.directory.PasswordChanged;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserDisabled;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.TrustedProxies;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.BrowserCookies;
import org.lapse.platform.page.BrowserName;
import org.lapse.platform.page.Unguessable;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
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
    private static final int LONGEST_ADDRESS = 64;

    /** So long after another tab has replaced the cookie a call may still come with the one before. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private final SignInRows rows;
    private final Sessions sessions;
    private final InactivityTimeouts timeouts;
    private final Users users;
    private final CurrentSession current;
    private final SecondFactorPolicy factors;
    private final KnownBrowsers browsers;
    private final BrowserCookies cookies;
    private final TrustedProxies proxies;
    private final WallClock clock;
    private final Duration lifetime;

    @Inject
    SignIns(
            SignInRows rows,
            Sessions sessions,
            InactivityTimeouts timeouts,
            Users users,
            CurrentSession current,
            SecondFactorPolicy factors,
            KnownBrowsers browsers,
            BrowserCookies cookies,
            TrustedProxies proxies,
            WallClock clock,
            @ConfigProperty(name = "lapse.sign-in.lifetime", defaultValue = "PT12H") Duration lifetime) {
        this.rows = rows;
        this.sessions = sessions;
        this.timeouts = timeouts;
        this.users = users;
        this.current = current;
        this.factors = factors;
        this.browsers = browsers;
        this.cookies = cookies;
        this.proxies = proxies;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** The sign-in of the browser that makes this request, unless it is over. */
    public Optional<SignIn> of(HttpServletRequest request) {
        Instant now = clock.now();
        return known(request).filter(signIn -> !signIn.isOver(now));
    }

    private Optional<SignIn> known(HttpServletRequest request) {
        return cookieDigest(request).flatMap(rows::findByCookie);
    }

    private Optional<byte[]> cookieDigest(HttpServletRequest request) {
        return cookies.read(request, COOKIE).filter(Unguessable::hasForm).map(SignIns::digestOf);
    }

    /**
     * The sign-in of the browser that makes this request, unless it is over, by a cookie too that another tab has just
     * replaced. That is enough to sign out or to give the password, and for nothing else.
     */
    public Optional<SignIn> ofBrowser(HttpServletRequest request) {
        return cookieDigest(request)
                .flatMap(digest -> findOfBrowser(digest).stream().findFirst());
    }

    private List<SignIn> findOfBrowser(byte[] cookieDigest) {
        Instant now = clock.now();
        return rows.findOfBrowser(cookieDigest, now.minus(UNDER_WAY), now);
    }

    /**
     * The session that ended last in this browser's sign-in in an application, whether that is over or not.
     */
    @Transactional
    public Optional<Session> lastEnded(HttpServletRequest request, String applicationId) {
        return known(request).flatMap(signIn -> sessions.lastEnded(signIn.id(), applicationId));
    }

    /** Whether this browser has a session in an application that is active, or whose lapse is not written down yet. */
    @Transactional
    public boolean hasActive(HttpServletRequest request, String applicationId) {
        return known(request)
                .filter(signIn -> sessions.hasActive(signIn.id(), applicationId))
                .isPresent();
    }

    /** This browser's locked session in an application that was locked last; empty where none is. */
    @Transactional
    public Optional<Session> lastLocked(HttpServletRequest request, String applicationId) {
        return known(request).flatMap(signIn -> sessions.lastLocked(signIn.id(), applicationId));
    }

    /**
     * Whether a sign-in may open a session in an application without the password.
     *
     * @param applicationId an application of that organization
     * @param maximumAge how long ago the password may have been given; empty for any time
     * @param assurance how sure the sign-in has to make us
     */
    @Transactional
    public SilentSignIn.Answer mayEnter(
            SignIn signIn,
            UUID organizationId,
            String applicationId,
            Optional<Duration> maximumAge,
            AssuranceLevel assurance) {
        return mayEnter(
                signIn,
                organizationId,
                history -> history.hasLapsed(applicationId),
                groups -> timeouts.decisionFor(organizationId, applicationId, groups),
                maximumAge,
                assurance);
    }

    /** Whether a sign-in may see to the user's own account without the password: no application has a say in that. */
    @Transactional
    public SilentSignIn.Answer mayEnterAccount(SignIn signIn) {
        return mayEnter(
                signIn,
                signIn.organizationId(),
                history -> false,
                groups -> timeouts.decisionFor(signIn.organizationId(), groups),
                Optional.empty(),
                AssuranceLevel.AAL1);
    }

    private SilentSignIn.Answer mayEnter(
            SignIn signIn,
            UUID organizationId,
            Predicate<SignInHistory> hasLapsed,
            Function<Set<UUID>, TimeoutDecision> decision,
            Optional<Duration> maximumAge,
            AssuranceLevel assurance) {
        Instant now = clock.now();
        Optional<EnabledUser> user = users.findEnabled(organizationId, signIn.userId());
        SignInHistory history = sessions.history(signIn.id(), signIn.authenticatedAt());
        SilentSignIn facts = new SilentSignIn(
                signIn.isOver(now),
                user.isPresent(),
                hasLapsed.test(history),
                signIn.authentication().completeAt(),
                lastUse(history, signIn.authenticatedAt()));
        Set<UUID> groups =
                user.map(EnabledUser::entitlements).orElse(Entitlements.NONE).groups();
        Optional<Duration> timeout = decision.apply(groups).timeout().map(InactivityTimeout::duration);
        SilentSignIn.Answer answer = facts.answer(timeout, maximumAge, now);
        boolean isEnough = signIn.authentication().methods().areTwoFactors()
                || (assurance == AssuranceLevel.AAL1
                        && user.filter(one -> factors.areRequiredOf(one.organizationId(), one.entitlements()))
                                .isEmpty());
        return answer == SilentSignIn.Answer.ALLOWED && !isEnough ? SilentSignIn.Answer.ONE_FACTOR : answer;
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
     * A user has given their password in this browser, and need not prove more. What the browser proved before counts
     * no more.
     *
     * @param user as the password was checked
     * @return empty where the user was disabled, the password changed, or a second factor became asked for, since it
     *     was checked
     */
    @Transactional
    public Optional<SignIn> signIn(User user, HttpServletRequest request, HttpServletResponse response) {
        if (!users.lockUnchanged(user) || factors.areAskedOf(user, AssuranceLevel.AAL1)) {
            return Optional.empty();
        }
        return Optional.of(signIn(user, AuthenticationMethods.PASSWORD, request, response));
    }

    /**
     * The user of this browser's sign-in has given their password again, to go on with it: under a new cookie, and with
     * the two factors that it had, which become no younger.
     *
     * @param known the sign-in
     * @param user as the password was checked
     * @return empty where the sign-in is over, the user was disabled, or the password changed, since it was checked
     */
    @Transactional
    public Optional<SignIn> goOn(SignIn known, User user, HttpServletRequest request, HttpServletResponse response) {
        if (!known.userId().equals(user.id()) || !users.lockUnchanged(user)) {
            return Optional.empty();
        }
        Instant now = clock.now();
        String cookie = Unguessable.next();
        String address = addressOf(request);
        String browser = BrowserName.of(request).orElse(null);
        Optional<SignIn> signIn = rows.change(known.id(), now, found -> {
            found.reauthenticate(byPassword(now).after(found.authentication()), now.plus(lifetime));
            found.changeCookie(digestOf(cookie));
            found.cameFrom(address, browser);
        });
        signIn.ifPresent(same -> cookies.set(response, COOKIE, cookie));
        return signIn;
    }

    private static Authentication byPassword(Instant now) {
        return Authentication.of(now, AuthenticationMethods.PASSWORD);
    }

    private String addressOf(HttpServletRequest request) {
        String client = proxies.clientOf(request);
        return client.length() <= LONGEST_ADDRESS ? client : client.substring(0, LONGEST_ADDRESS);
    }

    /**
     * A user has proved who they are in this browser. Where the same user was signed in here, that sign-in goes on
     * under a new cookie; another user's ends, with all its sessions.
     *
     * @param user a user who was locked in this transaction and may sign in
     * @param methods how
     */
    @Transactional(TxType.MANDATORY)
    public SignIn signIn(
            User user, AuthenticationMethods methods, HttpServletRequest request, HttpServletResponse response) {
        Instant now = clock.now();
        Authentication authentication = Authentication.of(now, methods);
        String cookie = Unguessable.next();
        String address = addressOf(request);
        String browser = BrowserName.of(request).orElse(null);
        Optional<SignIn> before = ofBrowser(request);
        byte[] formerCookie = cookieDigest(request).orElse(null);
        before.filter(other -> !other.userId().equals(user.id())).ifPresent(other -> end(other.id()));
        SignIn signIn = before.filter(same -> same.userId().equals(user.id()))
                .flatMap(same -> rows.change(same.id(), now, found -> {
                    found.reauthenticate(authentication, now.plus(lifetime));
                    found.changeCookie(digestOf(cookie));
                    found.cameFrom(address, browser);
                }))
                .orElseGet(() -> rows.insert(
                        user, digestOf(cookie), formerCookie, authentication, now.plus(lifetime), address, browser));
        cookies.set(response, COOKIE, cookie);
        browsers.remember(user, signIn.id(), request, response);
        return signIn;
    }

    /**
     * The user of a sign-in has proved who they are elsewhere in its browser, such as at the re-login dialog.
     *
     * @param methods how
     */
    @Transactional
    public void reauthenticated(UUID signInId, AuthenticationMethods methods, Instant now) {
        rows.change(
                signInId,
                now,
                signIn -> signIn.reauthenticate(
                        Authentication.of(now, methods).after(signIn.authentication()), now.plus(lifetime)));
    }

    /**
     * What counts as proved once the user of a sign-in proves again who they are.
     *
     * @param signInId the sign-in; null where there is none
     * @param methods what they prove it with now
     */
    @Transactional
    public Authentication after(@Nullable UUID signInId, AuthenticationMethods methods, Instant now) {
        Authentication authentication = Authentication.of(now, methods);
        return signInId == null
                ? authentication
                : rows.find(List.of(signInId)).stream()
                        .map(found -> authentication.after(found.authentication()))
                        .findFirst()
                        .orElse(authentication);
    }

    /**
     * Keeps a sign-in from ending until the transaction ends, together with others who open sessions of it.
     *
     * @return what counts as proved in it; empty where it is over
     */
    @Transactional(TxType.MANDATORY)
    public Optional<Authentication> admit(UUID signInId) {
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

    /**
     * Ends the sign-in of the browser that makes this request, and all its sessions. Where another tab replaces it or
     * its cookie meanwhile, it ends as well: its row is waited for, and then looked for once more.
     */
    @Transactional
    public void endOfBrowser(HttpServletRequest request) {
        byte[] cookie = cookieDigest(request).orElse(null);
        Set<UUID> ended = new HashSet<>();
        while (cookie != null
                && ended.addAll(findOfBrowser(cookie).stream().map(SignIn::id).toList())) {
            ended.forEach(this::end);
        }
    }

    /** Ends all sign-ins of a user, and all the user's sessions, those without a sign-in too. */
    @Transactional
    public void endOfUser(UUID userId, EndReason reason) {
        sessions.lockUser(userId);
        rows.endOfUser(userId, clock.now());
        sessions.endOfUser(userId, reason);
    }

    /**
     * Gets out who knows an old password: all other sessions of the user end, and the sign-ins of other browsers, which
     * are known no longer. It comes before what else follows for the sessions, because sign-ins are locked before them.
     */
    void endOthers(@Observes @Priority(Interceptor.Priority.APPLICATION) PasswordChanged changed) {
        UUID browser = changed.signInId();
        Session own = browser == null
                ? ownSession()
                        .filter(session -> changed.userId().equals(session.userId()))
                        .orElse(null)
                : null;
        if (changed.otherSessions() == OtherSessions.END) {
            if (browser == null) {
                endOthersOfUser(changed.userId(), own, EndReason.PASSWORD_CHANGED);
            } else {
                endOthersOfUser(changed.userId(), browser, EndReason.PASSWORD_CHANGED);
            }
        }
        browsers.forgetOthers(changed.userId(), own == null ? browser : own.signInId());
    }

    /**
     * Ends all sessions of a user but one, and the sign-ins of all browsers but the one to which it belongs.
     *
     * @param own the session that goes on; null for none
     * @return how many sessions have ended
     */
    @Transactional
    public int endOthersOfUser(UUID userId, @Nullable Session own, EndReason reason) {
        UUID browser = own == null ? null : own.signInId();
        endSignInsBut(userId, browser);
        return sessions.endOthersOfUser(
                userId, session -> own != null && session.id().equals(own.id()), reason);
    }

    /**
     * Ends the sign-ins of all other browsers of a user, and all sessions of the user outside of this one.
     *
     * @param browser the sign-in that goes on
     * @return how many sessions have ended
     */
    @Transactional
    public int endOthersOfUser(UUID userId, UUID browser, EndReason reason) {
        endSignInsBut(userId, browser);
        return sessions.endOthersOfUser(userId, session -> browser.equals(session.signInId()), reason);
    }

    private void endSignInsBut(UUID userId, @Nullable UUID browser) {
        sessions.lockUser(userId);
        if (browser == null) {
            rows.endOfUser(userId, clock.now());
        } else {
            rows.endOthersOfUser(userId, browser, clock.now());
        }
    }

    /** The sign-ins of these ids, over or not. */
    @Transactional
    public Map<UUID, SignIn> byId(Collection<UUID> signInIds) {
        return rows.find(signInIds).stream().collect(Collectors.toMap(SignIn::id, Function.identity()));
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

    /** No sign-in of a user counts for two factors who has no second one any more. */
    void forgetSecondFactors(@Observes SecondFactorsRemoved removed) {
        rows.lockTwoFactorsOfUser(removed.userId()).forEach(SignIn::forgetSecondFactor);
    }

    /** Has the browser forget its sign-in. */
    public void forget(HttpServletResponse response) {
        cookies.forget(response, COOKIE);
    }

    private static byte[] digestOf(String cookie) {
        return TokenDigest.of(cookie).bytes();
    }
}

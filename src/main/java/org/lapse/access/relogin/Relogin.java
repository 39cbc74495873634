package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.access.oauth.SessionTokens;
import org.lapse.access.signin.Authentication;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.authenticator.AuthenticationMethods;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.AsksOtherNodes;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.Sessions;

/**
 * The re-login of the Framework's guide: the original user resumes the session with the password, nobody else does, and
 * after {@code lapse.relogin.attempts} wrong ones it is closed.
 */
@Singleton
class Relogin {
    /** For how long after a page the application that it leads back to may ask for a new token. */
    static final Duration TIME_TO_RENEW = Duration.ofMinutes(1);

    private final Sessions sessions;
    private final Users users;
    private final PasswordRule passwordRule;
    private final SignIns signIns;
    private final SessionTokens tokens;
    private final WallClock clock;
    private final int attempts;
    private final Duration firstWait;

    @Inject
    Relogin(
            Sessions sessions,
            Users users,
            PasswordRule passwordRule,
            SignIns signIns,
            SessionTokens tokens,
            WallClock clock,
            @ConfigProperty(name = "lapse.relogin.attempts", defaultValue = "5") int attempts,
            @ConfigProperty(name = "lapse.relogin.wait", defaultValue = "PT0.5S") Duration firstWait) {
        this.sessions = sessions;
        this.users = users;
        this.passwordRule = passwordRule;
        this.signIns = signIns;
        this.tokens = tokens;
        this.clock = clock;
        this.attempts = attempts;
        this.firstWait = firstWait;
    }

    /**
     * Resumes a locked session.
     *
     * @param sessionId the session
     * @param username who says that they are the original user; null where the client asks for the password alone
     * @param password the password that was given
     * @param token whether the session gets a new access token
     */
    ReloginOutcome resume(UUID sessionId, @Nullable String username, String password, TokenWish token) {
        Session session = sessions.find(sessionId).orElse(null);
        Optional<User> original = session == null ? Optional.empty() : originalUser(session);
        if (session == null || original.isEmpty()) {
            return new ReloginOutcome.Gone();
        }
        Duration wait = sessions.unlockWait(session);
        if (!wait.isZero()) {
            return new ReloginOutcome.Throttled(wait);
        }
        User user = original.get();
        if (username != null && !user.isCalled(username)) {
            return refuse(session, new ReloginOutcome.AnotherUser());
        }
        return passwordRule.check(session, user, password, check -> settle(session, check, token));
    }

    /** What follows from a password, in the transaction that settles the guess. */
    private ReloginOutcome settle(Session session, PasswordCheck check, TokenWish wish) {
        if (check instanceof PasswordCheck.Busy) {
            return new ReloginOutcome.Busy();
        }
        if (check instanceof PasswordCheck.Throttled throttled) {
            return new ReloginOutcome.Throttled(throttled.remaining());
        }
        if (check instanceof PasswordCheck.Wrong) {
            return refuse(session, new ReloginOutcome.WrongPassword());
        }
        // First the locks on application and user, then on the sign-in, then on the session: so no password is changed
        // unseen.
        Instant now = clock.now();
        Optional<SessionTokens.Recipient> recipient = wish == TokenWish.NEW ? tokens.admit(session) : Optional.empty();
        if (wish == TokenWish.NEW && recipient.isEmpty()) {
            return new ReloginOutcome.Gone(); // its application has been disabled, and its end is on the way
        }
        if (check instanceof PasswordCheck.Right right && !users.lockUnchanged(right.user())) {
            return refuse(session, new ReloginOutcome.WrongPassword());
        }
        Optional<UUID> signIn = Optional.ofNullable(session.signInId()).filter(signIns::lock);
        Optional<SessionTokens.Issued> token = recipient.map(admitted ->
                tokens.next(admitted, signIns.after(session.signInId(), AuthenticationMethods.PASSWORD, now), now));
        if (!sessions.unlock(
                session.id(),
                found -> passwordRule.isTheSame(session, found) && Objects.equals(session.token(), found.token()),
                token.map(SessionTokens.Issued::next),
                now.plus(TIME_TO_RENEW))) {
            return sessions.find(session.id())
                            .filter(found -> found.isActive(now))
                            .isPresent()
                    ? new ReloginOutcome.NotLocked()
                    : new ReloginOutcome.Gone();
        }
        signIn.ifPresent(id -> signIns.reauthenticated(id, AuthenticationMethods.PASSWORD, now));
        return new ReloginOutcome.Resumed(token);
    }

    /**
     * Gives the holder of a session's token a new one, once, after the user has come back at the page.
     *
     * @param accessToken the token that asks
     * @return empty where there is nothing to renew
     */
    @AsksOtherNodes
    @Transactional
    Optional<SessionTokens.Issued> renew(UUID sessionId, String accessToken) {
        Session session = sessions.find(sessionId).orElse(null);
        if (session == null) {
            return Optional.empty();
        }
        return tokens.admit(session)
                .map(admitted -> tokens.next(admitted, authenticationFor(session), clock.now()))
                .filter(issued -> sessions.renew(sessionId, TokenDigest.of(accessToken), issued.next()));
    }

    private Authentication authenticationFor(Session session) {
        return Optional.ofNullable(session.signInId())
                .flatMap(id -> Optional.ofNullable(signIns.byId(List.of(id)).get(id)))
                .map(SignIn::authentication)
                .orElseGet(() -> Authentication.of(clock.now(), AuthenticationMethods.PASSWORD));
    }

    /** Whether a client can take a new access token. */
    enum TokenWish {
        /** It takes one with the answer. */
        NEW,
        /** It goes on with the one that it has, unless it asks for one afterwards. */
        NONE
    }

    /** The user for whom the session was opened; empty for one of an application on its own. */
    Optional<User> originalUser(Session session) {
        return Optional.ofNullable(session.userId()).flatMap(id -> users.find(session.organizationId(), id));
    }

    /** Closes the session for good, as anybody may who stands before its dialog. */
    void close(UUID sessionId) {
        sessions.end(sessionId, EndReason.CLOSED);
    }

    private ReloginOutcome refuse(Session session, ReloginOutcome refusal) {
        return sessions.refuseUnlock(session.id(), firstWait, attempts)
                ? new ReloginOutcome.TooManyAttempts()
                : refusal;
    }
}

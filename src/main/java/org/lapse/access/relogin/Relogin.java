package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.Sessions;

/**
 * The re-login of the Framework's guide: the original user resumes the session with the password, nobody else does, and
 * after {@code lapse.relogin.attempts} wrong ones it is closed.
 */
@Singleton
class Relogin {
    private final Sessions sessions;
    private final Users users;
    private final PasswordRule passwordRule;
    private final SignIns signIns;
    private final WallClock clock;
    private final int attempts;
    private final Duration firstWait;

    @Inject
    Relogin(
            Sessions sessions,
            Users users,
            PasswordRule passwordRule,
            SignIns signIns,
            WallClock clock,
            @ConfigProperty(name = "lapse.relogin.attempts", defaultValue = "5") int attempts,
            @ConfigProperty(name = "lapse.relogin.wait", defaultValue = "PT0.5S") Duration firstWait) {
        this.sessions = sessions;
        this.users = users;
        this.passwordRule = passwordRule;
        this.signIns = signIns;
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
     */
    ReloginOutcome resume(UUID sessionId, @Nullable String username, String password) {
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
        return passwordRule.check(session, user, password, check -> settle(session, check));
    }

    /** What follows from a password, in the transaction that settles the guess. */
    private ReloginOutcome settle(Session session, PasswordCheck check) {
        if (check instanceof PasswordCheck.Busy) {
            return new ReloginOutcome.Busy();
        }
        if (check instanceof PasswordCheck.Throttled throttled) {
            return new ReloginOutcome.Throttled(throttled.remaining());
        }
        if (check instanceof PasswordCheck.Wrong) {
            return refuse(session, new ReloginOutcome.WrongPassword());
        }
        // First the lock on the user, then on the sign-in, then on the session: so no password is changed unseen.
        if (check instanceof PasswordCheck.Right right && !users.lockUnchanged(right.user())) {
            return refuse(session, new ReloginOutcome.WrongPassword());
        }
        Optional<UUID> signIn = Optional.ofNullable(session.signInId()).filter(signIns::lock);
        if (!sessions.unlock(session.id(), found -> passwordRule.isTheSame(session, found))) {
            return new ReloginOutcome.Gone();
        }
        signIn.ifPresent(id -> signIns.reauthenticated(id, clock.now()));
        return new ReloginOutcome.Resumed();
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

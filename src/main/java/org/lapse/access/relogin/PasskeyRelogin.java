package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.lapse.access.oauth.SessionTokens;
import org.lapse.access.signin.Authentication;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.authenticator.AuthenticationMethods;
import org.lapse.organizations.authenticator.PasskeyBinding;
import org.lapse.organizations.authenticator.PasskeyOptions;
import org.lapse.organizations.authenticator.Passkeys;
import org.lapse.organizations.authenticator.Passkeys.PasskeyUse;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.Sessions;

/**
 * The re-login with a touch instead of the password: one of the original user's passkeys, which verifies its user,
 * resumes the session. What is refused counts as no wrong password, because nobody guesses a signature. Each method is
 * one transaction.
 */
@Singleton
@Transactional
class PasskeyRelogin {
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final SignIns signIns;
    private final SessionTokens tokens;
    private final WallClock clock;

    @Inject
    PasskeyRelogin(Sessions sessions, Passkeys passkeys, SignIns signIns, SessionTokens tokens, WallClock clock) {
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.signIns = signIns;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * What the browser is asked to sign with a passkey of the session's user; empty where the session has none, or its
     * user has no passkey.
     */
    Optional<PasskeyOptions.Request> ask(UUID sessionId, PasskeyBinding binding) {
        return sessions.find(sessionId)
                .flatMap(session -> Optional.ofNullable(session.userId()))
                .map(userId -> passkeys.ask(userId, binding, clock.now()))
                .filter(options -> !options.allowCredentials().isEmpty());
    }

    /**
     * Resumes a locked session.
     *
     * @param json an {@code AuthenticationResponseJSON}
     * @param wish whether the session gets a new access token
     * @return what became of it; empty where the passkey is not one of the session's user, or does not answer
     */
    Optional<ReloginOutcome> resume(UUID sessionId, PasskeyBinding binding, String json, Relogin.TokenWish wish) {
        Instant now = clock.now();
        Session session = sessions.find(sessionId).orElse(null);
        UUID userId = session == null ? null : session.userId();
        if (session == null || userId == null) {
            return Optional.of(new ReloginOutcome.Gone());
        }
        // The application is locked before the user, whom the passkey locks.
        Optional<SessionTokens.Recipient> recipient =
                wish == Relogin.TokenWish.NEW ? tokens.admit(session) : Optional.empty();
        Optional<PasskeyUse> use = passkeys.check(
                session.organizationId(), Optional.of(userId), binding, session.applicationId(), json, now);
        if (use.isEmpty()) {
            return Optional.empty();
        }
        AuthenticationMethods methods = use.get().methods();
        Optional<SessionTokens.Issued> token =
                recipient.map(admitted -> tokens.next(admitted, Authentication.of(now, methods), now));
        if (wish == Relogin.TokenWish.NEW && token.isEmpty()) {
            return Optional.of(new ReloginOutcome.Gone()); // its application has been disabled
        }
        Optional<UUID> signIn = Optional.ofNullable(session.signInId()).filter(signIns::lock);
        if (!sessions.unlock(
                sessionId,
                found -> Objects.equals(session.token(), found.token()),
                token.map(SessionTokens.Issued::next),
                now.plus(Relogin.TIME_TO_RENEW))) {
            return Optional.of(
                    sessions.find(sessionId)
                                    .filter(found -> found.isActive(now))
                                    .isPresent()
                            ? new ReloginOutcome.NotLocked()
                            : new ReloginOutcome.Gone());
        }
        signIn.ifPresent(id -> signIns.reauthenticated(id, methods, now));
        return Optional.of(new ReloginOutcome.Resumed(token));
    }
}

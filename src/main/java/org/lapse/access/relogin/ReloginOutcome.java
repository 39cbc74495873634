package org.lapse.access.relogin;

import java.time.Duration;
import java.util.Optional;
import org.lapse.access.oauth.SessionTokens;

/** What became of a re-login. */
sealed interface ReloginOutcome {
    /**
     * The very same session is active again.
     *
     * @param token its new access token; empty where none was asked for
     */
    record Resumed(Optional<SessionTokens.Issued> token) implements ReloginOutcome {}

    /** The password is not the original user's. */
    record WrongPassword() implements ReloginOutcome {}

    /** Somebody else than the original user tried. */
    record AnotherUser() implements ReloginOutcome {}

    /** It is too soon after the last wrong password; this one was not looked at. */
    record Throttled(Duration remaining) implements ReloginOutcome {}

    /** Too many other passwords are being checked; this one was not looked at. */
    record Busy() implements ReloginOutcome {}

    /** That was one wrong password too many: the session is closed. */
    record TooManyAttempts() implements ReloginOutcome {}

    /** Somebody else has resumed the session meanwhile, such as in another tab, who has its new access token. */
    record NotLocked() implements ReloginOutcome {}

    /** The session has ended, or has no user. */
    record Gone() implements ReloginOutcome {}
}

package org.lapse.access.relogin;

import java.time.Duration;

/** What became of a re-login. */
sealed interface ReloginOutcome {
    /** The very same session is active again. */
    record Resumed() implements ReloginOutcome {}

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

    /** The session has ended, or has no user. */
    record Gone() implements ReloginOutcome {}
}

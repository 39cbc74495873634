package org.lapse.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What decides whether a sign-in may open a session in an application without asking for the password again. It may not
 * renew silently what lapsed, and it lapses itself when nobody uses it: otherwise the inactivity timeout of the
 * application would end nothing, because the next redirect would bring everything back.
 *
 * @param over whether the sign-in has ended or its absolute life is over
 * @param userMaySignIn whether the user is still enabled and belongs to the application's organization
 * @param lapsedHere whether that session of this sign-in in this application that was used last lapsed since the
 *     password was given last
 * @param authenticatedAt when all that the sign-in counts for was proved
 * @param lastUse when somebody used the sign-in last: gave the password, or used one of its sessions
 */
public record SilentSignIn(
        boolean over, boolean userMaySignIn, boolean lapsedHere, Instant authenticatedAt, Instant lastUse) {

    /** Whether it may, and if not, why. */
    public enum Answer {
        /** It may. */
        ALLOWED,
        /** The sign-in is over. */
        OVER,
        /** The user may not sign in to this application any more. */
        USER_REFUSED,
        /** A session of it lapsed in this application. */
        LAPSED,
        /** It went unused for as long as sessions of this application may. */
        UNUSED,
        /** The application or the organization asks for a second factor, and one was proved. */
        ONE_FACTOR,
        /** The password was given longer ago than the application accepts ({@code max_age}). */
        TOO_LONG_AGO
    }

    /**
     * The answer at a moment.
     *
     * @param inactivityTimeout how long sessions of the application may go unused; empty for any time
     * @param maximumAge how long ago the password may have been given; empty for any time, zero for never
     */
    public Answer answer(Optional<Duration> inactivityTimeout, Optional<Duration> maximumAge, Instant now) {
        if (over) {
            return Answer.OVER;
        }
        if (!userMaySignIn) {
            return Answer.USER_REFUSED;
        }
        if (lapsedHere) {
            return Answer.LAPSED;
        }
        if (hasPassed(lastUse, inactivityTimeout, now)) {
            return Answer.UNUSED;
        }
        return hasPassed(authenticatedAt, maximumAge, now) ? Answer.TOO_LONG_AGO : Answer.ALLOWED;
    }

    private static boolean hasPassed(Instant start, Optional<Duration> time, Instant now) {
        return time.isPresent() && Duration.between(start, now).compareTo(time.get()) >= 0;
    }
}

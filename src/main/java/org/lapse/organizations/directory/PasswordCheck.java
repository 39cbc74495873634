package org.lapse.organizations.directory;

import java.time.Duration;

/** What became of a password that somebody gave. */
public sealed interface PasswordCheck {
    /** It is that user's password. */
    record Right(User user) implements PasswordCheck {}

    /** It is not, or there is no such user, or the user is disabled: the asker learns no more. */
    record Wrong() implements PasswordCheck {}

    /** There were too many wrong ones lately; this one was not looked at. */
    record Throttled(Duration remaining) implements PasswordCheck {}

    /** Too many others are being checked; this one was not looked at, and counts as no guess. */
    record Busy() implements PasswordCheck {
        /** When it is worth to try again. */
        public static final Duration RETRY_AFTER = Duration.ofSeconds(3);
    }
}

package org.lapse.organizations.authenticator;

import java.time.Duration;

/** What became of a code that somebody gave. */
public sealed interface CodeCheck {
    /** It is one of the user's, and used up now. */
    record Right(Factor factor) implements CodeCheck {}

    /** It is none of the user's, or was used before: the asker learns no more. */
    record Wrong() implements CodeCheck {}

    /** There were too many wrong ones lately; this one was not looked at. */
    record Throttled(Duration remaining) implements CodeCheck {}
}

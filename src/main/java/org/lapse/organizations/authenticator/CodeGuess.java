package org.lapse.organizations.authenticator;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The wrong codes that were given for a user since the last right one, and how long the next code must wait. */
@Entity
class CodeGuess {
    /** So many wrong codes are answered at once; from the next one on each wait is twice as long. */
    static final int FREE_FAILURES = 5;

    /** NIST SP 800-63B-4 section 3.2.2: after so many in a row no code is looked at any more. */
    static final int MOST_FAILURES = 100;

    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    @Id
    private UUID userId;

    private int failures;
    private Instant blockedUntil;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected CodeGuess() {}

    UUID userId() {
        return userId;
    }

    /** How long the next code must wait; the longest wait, each time anew, after too many in a row. */
    Duration remainingWait(Instant now) {
        if (failures >= MOST_FAILURES) {
            return LONGEST_WAIT;
        }
        return now.isBefore(blockedUntil) ? Duration.between(now, blockedUntil) : Duration.ZERO;
    }

    /** A code was wrong. */
    void fail(Instant now) {
        failures++;
        if (failures >= FREE_FAILURES) {
            long seconds = 1L << Math.min(failures - FREE_FAILURES, 20);
            Duration wait = Duration.ofSeconds(seconds);
            blockedUntil = now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
    }

    /** A code was right, or another factor was. */
    void clear(Instant now) {
        failures = 0;
        blockedUntil = now;
    }
}

package org.lapse.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;

/** The wrong passwords that were lately given for one name, and how long that name must wait for the next try. */
@Entity
class PasswordGuess {
    /** So many wrong passwords are answered at once; from the next one on each wait is twice as long. */
    static final int FREE_FAILURES = 5;

    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    @Id
    private byte[] subject;

    private int failures;
    private Instant blockedUntil;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected PasswordGuess() {}

    void failed(Instant now) {
        failures++;
        blockedUntil = now.plus(waitAfter(failures));
    }

    static Duration waitAfter(int failures) {
        if (failures < FREE_FAILURES) {
            return Duration.ZERO;
        }
        long seconds = 1L << Math.min(failures - FREE_FAILURES, 20);
        return seconds < LONGEST_WAIT.toSeconds() ? Duration.ofSeconds(seconds) : LONGEST_WAIT;
    }

    Duration remainingWait(Instant now) {
        return now.isBefore(blockedUntil) ? Duration.between(now, blockedUntil) : Duration.ZERO;
    }
}

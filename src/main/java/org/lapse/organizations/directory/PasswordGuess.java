package org.lapse.organizations.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;

/** The wrong passwords that were lately given for an account at one place, and how long that place must wait. */
@Entity
class PasswordGuess {
    /** So many wrong passwords are answered at once; from the next one on each wait is twice as long. */
    static final int FREE_FAILURES = 5;

    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    @Id
    private byte[] subject;

    @SuppressWarnings("UnusedVariable") // queries read it
    private byte[] account;

    private int failures;
    private Instant blockedUntil;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected PasswordGuess() {}

    /** How many wrong ones there were, with those that are being checked. */
    int failures() {
        return failures;
    }

    /** Until when no other password is looked at, where there were too many wrong ones. */
    Instant blockedUntil() {
        return blockedUntil;
    }

    /**
     * How long the next password must wait. While there are few failures {@link #blockedUntil} is when the last one
     * was, and blocks nobody: those who come at the same moment may be ordered otherwise than their clocks say.
     */
    Duration remainingWait(Instant now) {
        return failures >= FREE_FAILURES && now.isBefore(blockedUntil)
                ? Duration.between(now, blockedUntil)
                : Duration.ZERO;
    }

    /** Counts a password as wrong before it is checked, so that many at once count as many. */
    void reserve(Instant now) {
        failures++;
        blockedUntil = now.plus(waitAfter(failures));
    }

    /**
     * The password was wrong, as counted. The wait begins with the answer, however long it took. That this writes is
     * wanted: an unknown name must take as long as a known one, whose refusal is audited.
     */
    void confirm(Instant now) {
        Instant until = now.plus(waitAfter(failures));
        if (until.isAfter(blockedUntil)) {
            blockedUntil = until;
        }
    }

    /** The password was right: the place is as good as any. */
    void clear(Instant now) {
        failures = 0;
        blockedUntil = now;
    }

    /**
     * The password was never looked at.
     *
     * @param reservedUntil how long its reservation blocked the place
     */
    void giveBack(Instant reservedUntil, Instant now) {
        failures = Math.max(0, failures - 1);
        if (blockedUntil.equals(reservedUntil)) { // nobody else has blocked it since
            blockedUntil = now;
        }
    }

    static Duration waitAfter(int failures) {
        return waitAfter(failures, FREE_FAILURES);
    }

    /** How long to wait after so many, of which so many are free. */
    static Duration waitAfter(int failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        long seconds = 1L << Math.min(failures - free, 20);
        return seconds < LONGEST_WAIT.toSeconds() ? Duration.ofSeconds(seconds) : LONGEST_WAIT;
    }
}

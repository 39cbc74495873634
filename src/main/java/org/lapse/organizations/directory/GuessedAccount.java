package org.lapse.organizations.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/**
 * The wrong passwords in a row for an account, over all places. After a hundred none is looked at. Strangers use up
 * ninety at the most, so that what is left belongs to places where the user was before.
 *
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html#throttle">NIST SP 800-63B-4, section 3.2.2</a>
 */
@Entity
class GuessedAccount {
    static final int MOST_FAILURES = 100;
    static final int MOST_OF_STRANGERS = 90;

    @Id
    private byte[] subject;

    private int failures;
    private int failuresOfStrangers;

    @SuppressWarnings("UnusedVariable") // retention reads it
    private Instant lastGuessAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected GuessedAccount() {}

    /** How many there were in a row, with those that are being checked. */
    int failures() {
        return failures;
    }

    /** Whether no password is looked at from there any more. */
    boolean isUsedUpFor(PasswordPlace place) {
        return failures >= MOST_FAILURES || (!place.isKnown() && failuresOfStrangers >= MOST_OF_STRANGERS);
    }

    /** Counts a password as wrong before it is checked. */
    void reserve(PasswordPlace place, Instant now) {
        failures++;
        if (!place.isKnown()) {
            failuresOfStrangers++;
        }
        lastGuessAt = now;
    }

    /** The password was never looked at. */
    void giveBack(PasswordPlace place) {
        failures = Math.max(0, failures - 1);
        if (!place.isKnown()) {
            failuresOfStrangers = Math.max(0, failuresOfStrangers - 1);
        }
    }

    /** A password was right, or is another now. */
    void clear(Instant now) {
        failures = 0;
        failuresOfStrangers = 0;
        lastGuessAt = now;
    }
}

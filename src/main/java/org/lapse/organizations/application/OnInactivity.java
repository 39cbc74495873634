package org.lapse.organizations.application;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a session that has gone unused for as long as it may. */
public enum OnInactivity {
    /** The access token ends; the user signs in afresh. The way of the Cloud product, and the default. */
    REVOKE,
    /**
     * The session is kept, without access until the original user has given the password again: the Framework's way.
     */
    LOCK;

    /** The value as the option {@code on-inactivity} holds it: {@code revoke} or {@code lock}. */
    public String optionValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<OnInactivity> ofOptionValue(String value) {
        return switch (value) {
            case "revoke" -> Optional.of(REVOKE);
            case "lock" -> Optional.of(LOCK);
            default -> Optional.empty();
        };
    }
}

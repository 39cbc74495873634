package org.lapse.organizations.directory;

import java.util.UUID;

/**
 * From where somebody gives a password. Each place has a count of its own of wrong ones, and none shuts another out. A
 * stranger may be anybody; what is known at another place tells that the user was there before.
 */
public final class PasswordPlace {
    private static final PasswordPlace STRANGER = new PasswordPlace("");

    private final String name;

    private PasswordPlace(String name) {
        this.name = name;
    }

    /** Anywhere: all strangers to an account are one place. */
    public static PasswordPlace stranger() {
        return STRANGER;
    }

    /** A browser in which the user has signed in before. */
    public static PasswordPlace browser(UUID knownBrowserId) {
        return new PasswordPlace("browser " + knownBrowserId);
    }

    /** The re-login of a locked session. */
    public static PasswordPlace session(UUID sessionId) {
        return new PasswordPlace("session " + sessionId);
    }

    /** Wherever the user is signed in. */
    static PasswordPlace signedIn(UUID userId) {
        return new PasswordPlace("user " + userId);
    }

    /** Whether the user was there before. */
    boolean isKnown() {
        return !name.isEmpty();
    }

    /**
     * For what wrong passwords are counted there.
     *
     * @param account the account's own subject, which is the strangers' too
     */
    byte[] subject(byte[] account) {
        return isKnown() ? Claimant.digest(name) : account;
    }
}

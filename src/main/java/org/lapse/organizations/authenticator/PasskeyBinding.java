package org.lapse.organizations.authenticator;

import java.nio.charset.StandardCharsets;

/** What a challenge is for, and for whom: an answer to it counts for nothing else. */
public final class PasskeyBinding {
    private final String text;

    private PasskeyBinding(String text) {
        this.text = text;
    }

    /** A sign-in or a re-login at the browser that has been shown a form with that unguessable value. */
    public static PasskeyBinding ofForm(String value) {
        return new PasskeyBinding("form " + value);
    }

    /** A re-login by a client that holds the token of that locked session. */
    public static PasskeyBinding ofLockedSession(String sessionId) {
        return new PasskeyBinding("locked " + sessionId);
    }

    /** A new passkey of a user, made by the holder of that token, or at that form. */
    public static PasskeyBinding ofEnrolment(String userId, String holder) {
        return new PasskeyBinding("enrol " + userId + " " + holder);
    }

    byte[] digest() {
        return Digests.of(text.getBytes(StandardCharsets.UTF_8));
    }
}

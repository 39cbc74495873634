package org.lapse.organizations.authenticator;

/** What somebody proves who they are with, besides the password. */
public enum Factor {
    /** A key pair of WebAuthn, on this device or synchronised. */
    PASSKEY("passkey"),
    /** A code of an authenticator app. */
    TOTP("totp"),
    /** A code that was written down. */
    RECOVERY_CODE("recovery-code");

    private final String wireName;

    Factor(String wireName) {
        this.wireName = wireName;
    }

    /** Its name on the wire and in the audit. */
    public String wireName() {
        return wireName;
    }
}

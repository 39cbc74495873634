package org.lapse.sessions.ledger;

import java.util.Locale;

/** Why a session is locked. */
public enum LockReason {
    /** It went unused for as long as it may. */
    INACTIVITY("The session is locked because of inactivity: a re-login resumes it."),
    /** An administrator locked it. */
    FORCED("An administrator has locked the session: a re-login resumes it.");

    private final String sentence;

    LockReason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason on the wire, such as {@code forced}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same in one sentence for those who call. */
    public String sentence() {
        return sentence;
    }
}

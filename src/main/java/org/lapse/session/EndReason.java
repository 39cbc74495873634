package org.lapse.session;

/** Why a session ended. */
public enum EndReason {
    /** Its access token went unused for as long as it may. */
    INACTIVITY,
    /** Its user signed out. */
    SIGNED_OUT,
    /** Somebody closed it at the re-login dialog, or guessed too often there. */
    CLOSED,
    /** An administrator ended the user's tokens. */
    FORCED,
    /** Its absolute life was over, however much it was used. */
    EXPIRED,
    /** Its client revoked the token (RFC 7009), or a code or refresh token of it was used twice. */
    REVOKED,
    /** Its application was disabled. */
    APPLICATION_DISABLED,
    /** Its user was disabled. */
    USER_DISABLED
}

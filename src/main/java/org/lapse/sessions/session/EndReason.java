package org.lapse.sessions.session;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a session ended, and what follows from it. The audit, the client states, the metrics and the pages read here
 * what a reason means to them. A new reason is one entry here, its words in {@code messages.properties}, and its
 * words in the message files of the console.
 */
public enum EndReason {
    /** Its access token went unused for as long as it may. */
    INACTIVITY(EndedBy.POLICY, Trait.LAPSE, Trait.KEEPS_CLIENT_STATE, Trait.KNOWN_TO_CLIENT),
    /** Its user signed out. */
    SIGNED_OUT(EndedBy.USER, Trait.KNOWN_TO_CLIENT),
    /** Somebody closed it at the re-login dialog, or guessed too often there. */
    CLOSED(EndedBy.USER, Trait.KNOWN_TO_CLIENT),
    /** An administrator ended the user's tokens. */
    FORCED(EndedBy.ADMINISTRATOR, Trait.KEEPS_CLIENT_STATE),
    /** Its absolute life was over, however much it was used. */
    EXPIRED(EndedBy.POLICY, Trait.KEEPS_CLIENT_STATE),
    /** Its client revoked the token (RFC 7009), or a code or refresh token of it was used twice. */
    REVOKED(EndedBy.APPLICATION, Trait.KEEPS_CLIENT_STATE),
    /** Its user's password was changed, which ends all sessions but the one that changes it. */
    PASSWORD_CHANGED(EndedBy.USER, Trait.KEEPS_CLIENT_STATE),
    /** The newest session of its sign-in in its application took its place, where there were as many as may be. */
    REPLACED(EndedBy.POLICY, Trait.KEEPS_CLIENT_STATE),
    /** Its application was disabled. */
    APPLICATION_DISABLED(EndedBy.ADMINISTRATOR, Trait.KEEPS_CLIENT_STATE),
    /** Its user was disabled. */
    USER_DISABLED(EndedBy.ADMINISTRATOR);

    /** Who ends a session for a reason. */
    public enum EndedBy {
        /** The one who works with the session. */
        USER,
        /** The application that has the session's token. */
        APPLICATION,
        /** Somebody who may end the sessions of others. */
        ADMINISTRATOR,
        /** A rule, when a deadline passes or a limit is reached: nobody, even if it is noticed in somebody's call. */
        POLICY
    }

    private enum Trait {
        LAPSE,
        KEEPS_CLIENT_STATE,
        KNOWN_TO_CLIENT
    }

    private final EndedBy endedBy;
    private final boolean lapse;
    private final boolean keepsClientState;
    private final boolean knownToClient;

    EndReason(EndedBy endedBy, Trait... traits) {
        List<Trait> all = List.of(traits);
        this.endedBy = endedBy;
        this.lapse = all.contains(Trait.LAPSE);
        this.keepsClientState = all.contains(Trait.KEEPS_CLIENT_STATE);
        this.knownToClient = all.contains(Trait.KNOWN_TO_CLIENT);
    }

    /** Who ends a session for this reason. */
    public EndedBy endedBy() {
        return endedBy;
    }

    /** Whether the inactivity timeout ended the session, so that a {@code TimeoutDecision} proves it. */
    public boolean isLapse() {
        return lapse;
    }

    /** Whether the user is expected back, so that what was on the screen is kept for them. */
    public boolean keepsClientState() {
        return keepsClientState;
    }

    /** The reason on the wire, such as {@code signed_out}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key of the sentence that the sign-in page says, such as {@code reason.signed-out}. */
    public String messageKey() {
        return "reason." + wireName().replace('_', '-');
    }

    /**
     * The reason of that wire name, if it is one that a client finds out by itself and may tell the sign-in page. Every
     * other one is believed only where the session's row says so.
     */
    public static Optional<EndReason> toldByClient(String wireName) {
        return Arrays.stream(values())
                .filter(reason -> reason.knownToClient)
                .filter(reason -> reason.wireName().equals(wireName))
                .findFirst();
    }
}

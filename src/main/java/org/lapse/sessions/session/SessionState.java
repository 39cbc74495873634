package org.lapse.sessions.session;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a session stands, as the database knows it. */
public enum SessionState {
    /** Its access token is good, or can be refreshed. */
    ACTIVE(true),
    /** Kept without access until the original user has given the password again. */
    LOCKED(true),
    /** Over for good, with an {@link EndReason}. */
    ENDED(false);

    /** The states of a session that has not ended, for queries. */
    public static final Set<SessionState> LIVE =
            Arrays.stream(values()).filter(SessionState::isLive).collect(Collectors.toUnmodifiableSet());

    private final boolean live;

    SessionState(boolean live) {
        this.live = live;
    }

    /** Whether the session has not ended: it is used, or can be resumed. */
    public boolean isLive() {
        return live;
    }
}

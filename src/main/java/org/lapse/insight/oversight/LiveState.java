package org.lapse.insight.oversight;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.lapse.platform.api.ApiException;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;

/** Where a live session stands, as administrators see it. */
enum LiveState {
    /** In use, and its timer runs. */
    ACTIVE("active"),
    /** In use, and its timer waits for open work to be over. */
    HELD("held"),
    /** It waits for its user's re-login. */
    LOCKED("locked");

    private final String wireName;

    LiveState(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /**
     * The state of that name.
     *
     * @throws ApiException 400 {@code invalid.value}
     */
    static LiveState ofWire(String name) {
        return Arrays.stream(values())
                .filter(state -> state.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.invalidValue("state", "A session is active, held or locked."));
    }

    /** Where a session stands now; empty where it gives no access any more and is about to be ended or locked. */
    static Optional<LiveState> of(LiveSession<?> session, Instant now) {
        SessionStatus status = session.status(now);
        if (status == SessionStatus.LOCKED) {
            return Optional.of(LOCKED);
        }
        if (status != SessionStatus.ACTIVE) {
            return Optional.empty();
        }
        return Optional.of(session.heldUntil().filter(now::isBefore).isPresent() ? HELD : ACTIVE);
    }

    /** Whether who asks for sessions of another state means those of this one too. */
    boolean isMeantBy(LiveState wanted) {
        return this == wanted || (this == HELD && wanted == ACTIVE);
    }
}

package org.lapse.sessions.presence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.lapse.platform.api.Caller;
import org.lapse.sessions.openwork.Holds;

/** Keeps the sessions of a user who has an interaction from becoming inactive. */
@Singleton
class OpenWork {
    /** Why a user is held whose routing status says so. */
    static final String INTERACTION = "interaction";

    private final Holds holds;

    @Inject
    OpenWork(Holds holds) {
        this.holds = holds;
    }

    /** The routing status of a user is about to change: nothing of the user is locked yet. */
    void lock(UUID userId) {
        holds.lockHeld(userId);
    }

    /** The routing status has changed: a hold begins, begins anew or ends, in the same transaction. */
    void follow(Caller by, UUID userId, RoutingStatus before, RoutingStatus after) {
        if (before.isOpenWork()) {
            holds.endOfUser(by, userId, INTERACTION);
        }
        if (after.isOpenWork()) {
            holds.openForUser(by, userId, INTERACTION, holds.maximum());
        }
    }
}

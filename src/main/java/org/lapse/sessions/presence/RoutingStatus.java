package org.lapse.sessions.presence;

import java.util.Arrays;
import java.util.Optional;

/** Whether interactions may be routed to a user, under the vendor's names. */
enum RoutingStatus {
    /** No interaction is routed to the user. */
    OFF_QUEUE,
    /** Waits for an interaction. */
    IDLE,
    /** Has an interaction that was routed. */
    INTERACTING,
    /** Did not take an interaction that was offered. */
    NOT_RESPONDING,
    /** Has a call that was not routed. */
    COMMUNICATING;

    /** The status of that name. */
    static Optional<RoutingStatus> find(String name) {
        return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
    }

    /** Whether the user has an interaction, so that inactivity neither ends nor locks the user's sessions. */
    boolean isOpenWork() {
        return this == INTERACTING || this == COMMUNICATING;
    }

    /** Whether users say it of themselves. The others are for anybody who routes the interactions to say. */
    boolean isUsersChoice() {
        return this == OFF_QUEUE || this == IDLE;
    }
}

package org.lapse.sessions.presence;

/**
 * A presence with the routing status that goes with it. A user is On Queue exactly while the routing status is another
 * than {@code OFF_QUEUE}: whichever of the two is chosen, the other follows.
 *
 * @param presence what the user shows to others
 * @param routingStatus whether interactions may be routed to the user
 */
record Availability(SystemPresence presence, RoutingStatus routingStatus) {
    /** Of a user without a session: nobody sees them and nothing is routed to them. */
    static final Availability SIGNED_OUT = new Availability(SystemPresence.OFFLINE, RoutingStatus.OFF_QUEUE);

    /**
     * Takes a presence and the routing status that goes with it.
     *
     * @throws IllegalArgumentException where the two do not go together
     */
    Availability {
        if ((presence == SystemPresence.ON_QUEUE) == (routingStatus == RoutingStatus.OFF_QUEUE)) {
            throw new IllegalArgumentException(presence + " does not go with " + routingStatus);
        }
    }

    /** The user goes on queue and waits, stays on queue as they are, or goes off queue. */
    Availability choose(SystemPresence chosen) {
        if (chosen != SystemPresence.ON_QUEUE) {
            return new Availability(chosen, RoutingStatus.OFF_QUEUE);
        }
        return isOnQueue() ? this : new Availability(chosen, RoutingStatus.IDLE);
    }

    /** The user is on queue with that status; or goes off queue and becomes Available, as at the vendor's toggle. */
    Availability choose(RoutingStatus chosen) {
        if (chosen != RoutingStatus.OFF_QUEUE) {
            return new Availability(SystemPresence.ON_QUEUE, chosen);
        }
        return isOnQueue() ? new Availability(SystemPresence.AVAILABLE, chosen) : this;
    }

    /** Anybody who left the desk without going off queue is Away; everybody else stays as they are. */
    Availability leaveDesk() {
        return isOnQueue() ? choose(SystemPresence.AWAY) : this;
    }

    private boolean isOnQueue() {
        return presence == SystemPresence.ON_QUEUE;
    }
}

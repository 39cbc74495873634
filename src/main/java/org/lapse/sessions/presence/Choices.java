package org.lapse.sessions.presence;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.presence.PresencesResource.PresenceBody;
import org.lapse.sessions.presence.PresencesResource.PresenceChange;
import org.lapse.sessions.presence.RoutingStatusResource.RoutingStatusBody;
import org.lapse.sessions.session.AsksOtherNodes;

/** What users choose for themselves, and others for them; each choice is a transaction, with the hold that follows. */
@Singleton
@AsksOtherNodes
@Transactional
class Choices {
    private final Colleagues colleagues;
    private final Presences presences;
    private final OpenWork openWork;
    private final Event<Administered> administered;
    private final WallClock clock;

    @Inject
    Choices(
            Colleagues colleagues,
            Presences presences,
            OpenWork openWork,
            Event<Administered> administered,
            WallClock clock) {
        this.colleagues = colleagues;
        this.presences = presences;
        this.openWork = openWork;
        this.administered = administered;
        this.clock = clock;
    }

    /** Changes a presence; the routing status follows. */
    PresenceBody presence(Caller caller, UUID userId, PresenceChange change) {
        openWork.lock(userId);
        User user = colleagues.findToChange(userId, caller, Permission.PRESENCE_USER_PRESENCE_EDIT);
        UserPresence presence = presences.lock(user);
        PresenceBody before = PresenceBody.of(user, presence);
        RoutingStatus statusBefore = presence.availability().routingStatus();
        presences.change(presence, change.chosenBy(presence.availability()), change.checkedMessage(), clock.now());
        PresenceBody after = PresenceBody.of(user, presence);
        tell(caller, "presence.update", userId, before, after);
        openWork.follow(caller, userId, statusBefore, presence.availability().routingStatus());
        return after;
    }

    /** Changes a routing status; the presence follows. */
    RoutingStatusBody routingStatus(Caller caller, UUID userId, RoutingStatus chosen) {
        openWork.lock(userId);
        User user = colleagues.findToChange(userId, caller, Permission.ROUTING_USER_STATUS_EDIT);
        UserPresence presence = presences.lock(user);
        RoutingStatusBody before = RoutingStatusBody.of(presence);
        RoutingStatus statusBefore = presence.availability().routingStatus();
        presences.change(presence, presence.availability().choose(chosen), null, clock.now());
        RoutingStatusBody after = RoutingStatusBody.of(presence);
        tell(caller, "routingstatus.update", userId, before, after);
        openWork.follow(caller, userId, statusBefore, presence.availability().routingStatus());
        return after;
    }

    private void tell(Caller caller, String action, UUID userId, Object before, Object after) {
        if (!Colleagues.isSelf(userId, caller)) {
            administered.fire(new Administered(caller, action, "user", userId.toString(), before, after));
        }
    }
}

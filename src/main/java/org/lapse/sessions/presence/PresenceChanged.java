package org.lapse.sessions.presence;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user shows to others has changed. Fired inside the transaction, while nobody else can change it, and by a node
 * that has read what another one changed.
 *
 * @param userId whose it is
 * @param source where it was chosen; there is one source
 * @param presenceId the id of the presence as it is now
 * @param systemPresence the vendor's name for it, such as {@code On Queue}
 * @param message what the user says besides; null for nothing
 * @param modifiedAt when presence or message changed last
 * @param routingStatus the routing status as it is now, under the vendor's name
 * @param routingStatusSince since when
 * @param presenceMoved whether presence or message changed
 * @param routingStatusMoved whether the routing status changed
 * @param number the number of the change: of two changes of one user the later has the higher one, in whatever order
 *     observers hear of them
 */
public record PresenceChanged(
        UUID userId,
        String source,
        String presenceId,
        String systemPresence,
        @Nullable String message,
        Instant modifiedAt,
        String routingStatus,
        Instant routingStatusSince,
        boolean presenceMoved,
        boolean routingStatusMoved,
        long number) {
    static PresenceChanged of(UserPresence now, boolean presenceMoved, boolean routingStatusMoved, long number) {
        SystemPresence presence = now.availability().presence();
        return new PresenceChanged(
                now.userId(),
                PresencesResource.SOURCE,
                presence.id(),
                presence.wireName(),
                now.message(),
                now.modifiedAt(),
                now.availability().routingStatus().name(),
                now.routingStatusSince(),
                presenceMoved,
                routingStatusMoved,
                number);
    }
}

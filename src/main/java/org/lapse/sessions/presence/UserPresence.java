package org.lapse.sessions.presence;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;

/** What one user shows to others. Users who never chose have no row. */
@Entity
class UserPresence {
    @Id
    private UUID userId;

    private UUID organizationId;

    @Enumerated(EnumType.STRING)
    private SystemPresence presence;

    private @Nullable String message;
    private Instant modifiedAt;

    @Enumerated(EnumType.STRING)
    private RoutingStatus routingStatus;

    private Instant routingStatusSince;

    /** The numbers of the last change, of the last one of presence or message, and of the last routing status. */
    private long changeNumber;

    private long presenceNumber;
    private long routingNumber;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected UserPresence() {}

    /** That of a user who never chose: Offline since the user exists. */
    UserPresence(User user) {
        this.userId = user.id();
        this.organizationId = user.organizationId();
        this.presence = Availability.SIGNED_OUT.presence();
        this.modifiedAt = user.createdAt();
        this.routingStatus = Availability.SIGNED_OUT.routingStatus();
        this.routingStatusSince = user.createdAt();
    }

    UUID userId() {
        return userId;
    }

    UUID organizationId() {
        return organizationId;
    }

    Availability availability() {
        return new Availability(presence, routingStatus);
    }

    /** What the user says besides. */
    @Nullable
    String message() {
        return message;
    }

    /** When presence or message changed last. */
    Instant modifiedAt() {
        return modifiedAt;
    }

    Instant routingStatusSince() {
        return routingStatusSince;
    }

    /** Shows that presence from now on; false where it is shown already. */
    boolean become(SystemPresence next, Instant now) {
        if (next == presence) {
            return false;
        }
        presence = next;
        modifiedAt = now;
        return true;
    }

    /** Has that routing status from now on; false where it has it already. */
    boolean become(RoutingStatus next, Instant now) {
        if (next == routingStatus) {
            return false;
        }
        routingStatus = next;
        routingStatusSince = now;
        return true;
    }

    /** Was changed by the change of that number. */
    void changedBy(long number, boolean presenceMoved, boolean routingStatusMoved) {
        changeNumber = number;
        if (presenceMoved) {
            presenceNumber = number;
        }
        if (routingStatusMoved) {
            routingNumber = number;
        }
    }

    long changeNumber() {
        return changeNumber;
    }

    /** The number of the last change of presence or message. */
    long presenceNumber() {
        return presenceNumber;
    }

    /** The number of the last change of the routing status. */
    long routingNumber() {
        return routingNumber;
    }

    /** Says that from now on, or nothing where it is blank; false where it is said already. */
    boolean say(String newMessage, Instant now) {
        String kept = newMessage.isBlank() ? null : newMessage;
        if (Objects.equals(kept, message)) {
            return false;
        }
        message = kept;
        modifiedAt = now;
        return true;
    }
}

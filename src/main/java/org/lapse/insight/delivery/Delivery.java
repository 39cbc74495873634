package org.lapse.insight.delivery;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of something that a receiver must hear of. It holds ids alone: what is sent is made when it is sent. */
@Entity
@Table(name = "delivery")
class Delivery {
    @Id
    private UUID id;

    private UUID organizationId;

    @Enumerated(EnumType.STRING)
    private DeliveryKind kind;

    private String receiverId;
    private UUID sessionId;
    private UUID userId;

    @SuppressWarnings("UnusedVariable") // the queries read it
    private Instant createdAt;

    private Instant giveUpAt;
    private @Nullable Instant takenUntil;
    private int attempts;

    @SuppressWarnings("UnusedVariable") // the queries read it
    private @Nullable Instant doneAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Delivery() {}

    /** The id, which repetitions share: the {@code jti}. */
    UUID id() {
        return id;
    }

    UUID organizationId() {
        return organizationId;
    }

    DeliveryKind kind() {
        return kind;
    }

    /** Who must hear of it: the id of an application. */
    String receiverId() {
        return receiverId;
    }

    /** The session that it is about. */
    UUID sessionId() {
        return sessionId;
    }

    UUID userId() {
        return userId;
    }

    /** When it is given up, if it has not been delivered. */
    Instant giveUpAt() {
        return giveUpAt;
    }

    /** How often it has been sent in vain. */
    int attempts() {
        return attempts;
    }

    /** Is with this node until that moment. */
    void take(Instant until) {
        takenUntil = until;
    }

    /** Until when it is with the node that has taken it; null if none has. */
    @Nullable
    Instant takenUntil() {
        return takenUntil;
    }

    /** Whether it is with this node until that moment, or longer. */
    boolean isTakenUntil(Instant moment) {
        return takenUntil != null && !takenUntil.isBefore(moment);
    }
}

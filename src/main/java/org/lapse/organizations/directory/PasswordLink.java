package org.lapse.organizations.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address by which somebody who has forgotten the password sets another one, once. It is kept for some time after it
 * has ended, so that the audit can say whose it was when somebody comes with it.
 */
@Entity
class PasswordLink {
    /** So many refusals are worth a record in the audit: who holds a link that is void could fill it otherwise. */
    static final int MOST_TOLD_REFUSALS = 10;

    @Id
    private byte[] digest;

    private UUID organizationId;
    private UUID userId;
    private String permissions;
    private Instant expiresAt;

    @Enumerated(EnumType.STRING)
    private @Nullable Obstacle endReason;

    private int refusals;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected PasswordLink() {}

    /**
     * A new one.
     *
     * @param digest of the code that stands in the address
     * @param permissions what the user may do, which the person who made it may do too
     */
    PasswordLink(byte[] digest, User user, Set<String> permissions, Instant expiresAt) {
        this.digest = digest.clone();
        this.organizationId = user.organizationId();
        this.userId = user.id();
        this.permissions = String.join(" ", new TreeSet<>(permissions));
        this.expiresAt = expiresAt;
    }

    UUID organizationId() {
        return organizationId;
    }

    UUID userId() {
        return userId;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Why it opens nothing; empty where it does.
     *
     * @param permitted what the user may do now
     */
    Optional<Obstacle> objection(Set<String> permitted, Instant now) {
        if (endReason != null) {
            return Optional.of(endReason);
        }
        if (!now.isBefore(expiresAt)) {
            return Optional.of(Obstacle.EXPIRED);
        }
        return Set.of(permissions.split(" ")).containsAll(permitted)
                ? Optional.empty()
                : Optional.of(Obstacle.PERMISSIONS);
    }

    void use() {
        endReason = Obstacle.USED;
    }

    /** Counts that somebody came with it in vain; true where that is worth a record. */
    boolean refuse() {
        refusals = Math.min(refusals, MOST_TOLD_REFUSALS) + 1;
        return refusals <= MOST_TOLD_REFUSALS;
    }

    /** Why a link opens nothing any more. */
    enum Obstacle {
        /** Somebody has set a password by it. */
        USED,
        /** Its hour is over. */
        EXPIRED,
        /** There is a newer one. */
        REPLACED,
        /** The password was changed in another way. */
        PASSWORD_CHANGED,
        /** The user was disabled or deleted. */
        USER_DISABLED,
        /** The user may do more than when it was made. */
        PERMISSIONS;

        /** As the audit tells it: apart from the reasons why sessions end. */
        String wireName() {
            return "link-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}

package org.lapse.access.signin;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A browser in which a user has given their password, and has to prove more before they are signed in. */
@Entity
@Table(name = "pending_sign_in")
public class PendingSignIn {
    /** After so many wrong codes the password is asked for again. */
    static final int MOST_FAILURES = 5;

    @Id
    private UUID id;

    private UUID organizationId;
    private UUID userId;

    @SuppressWarnings("UnusedVariable") // queries read it
    private byte[] cookieDigest;

    private Instant expiresAt;
    private int failures;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected PendingSignIn() {}

    PendingSignIn(UUID organizationId, UUID userId, byte[] cookieDigest, Instant expiresAt) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.userId = userId;
        this.cookieDigest = cookieDigest;
        this.expiresAt = expiresAt;
    }

    UUID id() {
        return id;
    }

    /** The organization of the user. */
    public UUID organizationId() {
        return organizationId;
    }

    /** Who has given the password. */
    public UUID userId() {
        return userId;
    }

    /** Whether the password has to be given again. */
    boolean isOver(Instant now) {
        return !now.isBefore(expiresAt) || failures >= MOST_FAILURES;
    }

    void fail() {
        failures++;
    }
}

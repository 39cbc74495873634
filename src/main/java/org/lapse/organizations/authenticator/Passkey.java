package org.lapse.organizations.authenticator;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A passkey of a user: the public part of a key pair that an authenticator keeps for us. */
@Entity
class Passkey {
    @Id
    private UUID id;

    private UUID userId;
    private String name;
    private byte[] credentialId;
    private byte[] credentialData;
    private long signatureCount;
    private String transports;
    private boolean backupEligible;
    private boolean backedUp;
    private Instant createdAt;
    private @Nullable Instant lastUsedAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Passkey() {}

    Passkey(UUID userId, String name, Credential credential, Instant now) {
        this.id = UUID.randomUUID();
        this.userId = userId;
        this.name = name;
        this.credentialId = credential.id();
        this.credentialData = credential.data();
        this.signatureCount = credential.signatureCount();
        this.transports = String.join(" ", credential.transports());
        this.backupEligible = credential.backupEligible();
        this.backedUp = credential.backedUp();
        this.createdAt = now;
    }

    UUID id() {
        return id;
    }

    UUID userId() {
        return userId;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Instant lastUsedAt() {
        return lastUsedAt;
    }

    Credential credential() {
        return new Credential(
                credentialId,
                credentialData,
                signatureCount,
                transports.isEmpty() ? List.of() : List.of(transports.split(" ", -1)),
                backupEligible,
                backedUp);
    }

    /** The authenticator has signed with it. */
    void used(long newCount, boolean nowBackedUp, Instant now) {
        signatureCount = newCount;
        backedUp = nowBackedUp;
        lastUsedAt = now;
    }

    /**
     * What is kept of a public key credential.
     *
     * @param id the credential id
     * @param data AAGUID, credential id and public key, as they were attested
     * @param signatureCount the authenticator's counter, zero where it has none
     * @param transports how browsers reach the authenticator
     * @param backupEligible whether the key may be synchronised
     * @param backedUp whether it was
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Credential(
            byte[] id,
            byte[] data,
            long signatureCount,
            List<String> transports,
            boolean backupEligible,
            boolean backedUp) {}
}

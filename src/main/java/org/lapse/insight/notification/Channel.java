package org.lapse.insight.notification;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Caller;
import org.lapse.sessions.ledger.TokenDigest;

/** What an application opened for a user, or for itself, in order to hear of what happens. */
@Entity
@Table(name = "notification_channel")
class Channel {
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(1);

    @Id
    private UUID id;

    private UUID organizationId;
    private String applicationId;
    private @Nullable UUID userId;
    private UUID sessionId;

    @SuppressWarnings("UnusedVariable") // the queries read it
    private byte[] keyDigest;

    private int revision;

    @SuppressWarnings("UnusedVariable") // the queries read it
    private Instant lastUsedAt;

    private Instant expiresAt;

    /** The number of the last change of what sockets must know. */
    private long changeNumber;

    private @Nullable UUID connection;

    @Enumerated(EnumType.STRING)
    private @Nullable Closing closedAs;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "notification_subscription", joinColumns = @JoinColumn(name = "channel_id"))
    @Column(name = "topic")
    private Set<String> topics;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Channel() {}

    /**
     * A new channel without subscriptions.
     *
     * @param key the digest of what lets one connect to it
     */
    Channel(Caller caller, UUID sessionId, TokenDigest key, Duration life, Instant now) {
        this.id = UUID.randomUUID();
        this.organizationId = caller.organizationId();
        this.applicationId = caller.applicationId();
        this.userId = caller.userId().orElse(null);
        this.sessionId = sessionId;
        this.keyDigest = key.bytes();
        this.lastUsedAt = now;
        this.expiresAt = now.plus(life);
        this.topics = new HashSet<>();
    }

    UUID id() {
        return id;
    }

    UUID organizationId() {
        return organizationId;
    }

    String applicationId() {
        return applicationId;
    }

    /** The user for whom it is; null for an application on its own. */
    @Nullable
    UUID userId() {
        return userId;
    }

    /** The session that used it last, by which it lives. */
    UUID sessionId() {
        return sessionId;
    }

    /** Counts the changes of its subscriptions. */
    int revision() {
        return revision;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Set<Topic> topics() {
        return topics.stream().flatMap(name -> Topic.find(name).stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether its life is over, or was ended before its time. */
    boolean isExpired(Instant now) {
        return closedAs != null || !now.isBefore(expiresAt);
    }

    /** Whether it is over, and every node that had its socket knows. */
    boolean isForgettable(Instant now) {
        return closedAs == null ? isExpired(now) : !now.isBefore(expiresAt.plus(TOLD_WITHIN));
    }

    /** Which connection is the channel's; null where it never had one. */
    @Nullable
    UUID connection() {
        return connection;
    }

    /** Why it is no more; null while it is. */
    @Nullable
    Closing closedAs() {
        return closedAs;
    }

    long changeNumber() {
        return changeNumber;
    }

    void setChangeNumber(long number) {
        changeNumber = number;
    }

    /** Has another connection from now on. */
    void connect(Instant now) {
        connection = UUID.randomUUID();
        lastUsedAt = now;
    }

    /** Is no more. */
    void close(Closing why, Instant now) {
        closedAs = why;
        expiresAt = now;
    }

    boolean belongsTo(Caller caller) {
        return organizationId.equals(caller.organizationId())
                && applicationId.equals(caller.applicationId())
                && caller.userId().equals(Optional.ofNullable(userId));
    }

    /** Lives by the session that uses it. */
    void use(UUID bySession, Instant now) {
        sessionId = bySession;
        lastUsedAt = now;
    }

    /** Is subscribed to those alone, and lives as long as a new one. */
    void subscribe(Set<Topic> wanted, Duration life, Instant now) {
        Set<String> names = wanted.stream().map(Topic::name).collect(Collectors.toSet());
        topics.retainAll(names);
        topics.addAll(names);
        revision++;
        expiresAt = now.plus(life);
    }
}

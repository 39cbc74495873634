package org.lapse.insight.delivery;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of a receiver: how it fares. There is one for each application that ever had an address. */
@Entity
@Table(name = "delivery_receiver")
class Receiver {
    /** After so many failures in a row it is tried seldom. */
    static final int FAILURES = 20;

    /** If they have lasted for so long. */
    static final Duration FAILING_FOR = Duration.ofMinutes(5);

    private static final Duration BETWEEN_PROBES = Duration.ofMinutes(1);
    private static final Duration PRECISION = Duration.ofSeconds(1);

    @Id
    private String id;

    private UUID organizationId;
    private @Nullable Instant lastSuccessAt;
    private @Nullable Instant lastFailureAt;
    private @Nullable String lastError;
    private int failures;
    private @Nullable Instant failingSince;
    private @Nullable Instant pausedUntil;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Receiver() {}

    /** A receiver that nothing was sent to yet. */
    Receiver(String id, UUID organizationId) {
        this.id = id;
        this.organizationId = organizationId;
    }

    /** The id of the application. */
    String id() {
        return id;
    }

    UUID organizationId() {
        return organizationId;
    }

    @Nullable
    Instant lastSuccessAt() {
        return lastSuccessAt;
    }

    @Nullable
    Instant lastFailureAt() {
        return lastFailureAt;
    }

    /** What went wrong last, though it may be well again. */
    @Nullable
    String lastError() {
        return lastError;
    }

    /** Since when nothing arrives; null while it does. */
    @Nullable
    Instant failingSince() {
        return failingSince;
    }

    /** Whether so much failed for so long that it is tried with one call a minute. */
    boolean isPaused() {
        return pausedUntil != null;
    }

    /** Whether it is paused until later than that. */
    boolean isToBeLeftAlone(Instant now) {
        return pausedUntil != null && now.isBefore(pausedUntil);
    }

    /** Whether it answers, and would not have what it was sent last. */
    boolean refuses() {
        return failingSince == null
                && lastFailureAt != null
                && (lastSuccessAt == null || lastFailureAt.isAfter(lastSuccessAt));
    }

    /** Takes over what came of an attempt; answers whether the receiver is paused by it. */
    boolean follow(Attempt attempt) {
        return switch (attempt.outcome()) {
            case DELIVERED -> {
                arrived(attempt.at());
                yield false;
            }
            case REFUSED -> {
                startAnew(); // it answers
                lastFailureAt = attempt.at();
                lastError = attempt.error();
                yield false;
            }
            case FAILED, GIVEN_UP -> failed(attempt.at(), attempt.error());
            case DROPPED -> false;
        };
    }

    private void arrived(Instant at) {
        if (lastSuccessAt == null || refuses() || failures > 0 || at.isAfter(lastSuccessAt.plus(PRECISION))) {
            lastSuccessAt = at;
        }
        startAnew();
    }

    /** Somebody has reason to think that it is well again. */
    void startAnew() {
        failures = 0;
        failingSince = null;
        pausedUntil = null;
    }

    private boolean failed(Instant at, @Nullable String error) {
        boolean before = isPaused();
        lastFailureAt = at;
        lastError = error;
        failures++;
        Instant since = failingSince == null ? at : failingSince;
        failingSince = since;
        if (failures >= FAILURES && !at.isBefore(since.plus(FAILING_FOR))) {
            pausedUntil = at.plus(BETWEEN_PROBES);
        }
        return !before && isPaused();
    }

    /** Is tried once now, and not again within a minute. */
    void probe(Instant now) {
        pausedUntil = now.plus(BETWEEN_PROBES);
    }
}

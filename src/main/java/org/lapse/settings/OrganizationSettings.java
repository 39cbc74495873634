package org.lapse.settings;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.lapse.timeout.InactivityTimeout;
import org.lapse.timeout.TimeoutPolicy;

/** What one organization's administrators chose. Without their choice the inactivity timeout is off. */
@Entity
class OrganizationSettings {
    private static final Duration SUGGESTED_TIMEOUT = Duration.ofMinutes(30);

    @Id
    private UUID organizationId;

    private boolean timeoutEnabled;
    private int timeoutSeconds;

    @Enumerated(EnumType.STRING)
    private TimeoutUnit timeoutUnit;

    private boolean hipaa;

    @Version
    private int version;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected OrganizationSettings() {}

    OrganizationSettings(UUID organizationId) {
        this.organizationId = organizationId;
        this.timeoutSeconds = (int) SUGGESTED_TIMEOUT.toSeconds();
        this.timeoutUnit = TimeoutUnit.MINUTES;
    }

    UUID organizationId() {
        return organizationId;
    }

    boolean isTimeoutEnabled() {
        return timeoutEnabled;
    }

    /** The organization-wide timeout as it was chosen, whether it is switched on or not. */
    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    TimeoutUnit timeoutUnit() {
        return timeoutUnit;
    }

    boolean isHipaa() {
        return hipaa;
    }

    void enableTimeout(boolean enabled) {
        timeoutEnabled = enabled;
    }

    void setTimeout(Duration timeout) {
        timeoutSeconds = Math.toIntExact(timeout.toSeconds());
    }

    void showTimeoutIn(TimeoutUnit unit) {
        timeoutUnit = unit;
    }

    void obeyHipaa(boolean obey) {
        hipaa = obey;
    }

    TimeoutPolicy policy() {
        return new TimeoutPolicy(
                timeoutEnabled ? Optional.of(new InactivityTimeout(timeout())) : Optional.empty(), hipaa);
    }
}

package org.lapse.organizations.settings;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.timeout.GroupBundle;
import org.lapse.rules.timeout.GroupBundles;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutPolicy;

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
    private boolean groupsEnabled;
    private @Nullable Instant modifiedAt;

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "organization_id", nullable = false, updatable = false)
    private List<GroupTimeout> groupTimeouts;

    @Version
    private int version;

    private long changeNumber;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected OrganizationSettings() {}

    OrganizationSettings(UUID organizationId) {
        this.organizationId = organizationId;
        this.timeoutSeconds = (int) SUGGESTED_TIMEOUT.toSeconds();
        this.timeoutUnit = TimeoutUnit.MINUTES;
        this.groupTimeouts = new ArrayList<>();
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

    boolean areGroupTimeoutsEnabled() {
        return groupsEnabled;
    }

    /** The group-specific timeouts as they were chosen, whether they are switched on or not; best priority first. */
    List<GroupTimeout> groupTimeouts() {
        return groupTimeouts.stream()
                .sorted(Comparator.comparingInt(GroupTimeout::priority))
                .toList();
    }

    /** The number of the last change. */
    long changeNumber() {
        return changeNumber;
    }

    void setChangeNumber(long number) {
        changeNumber = number;
    }

    /** Counts the changes; 0 where nobody has chosen anything yet. */
    int revision() {
        return modifiedAt == null ? 0 : version + 1;
    }

    /** Whether that timeout was chosen before, for the organization or for a bundle. */
    boolean holds(Duration timeout) {
        return timeout.equals(timeout())
                || groupTimeouts.stream().map(GroupTimeout::timeout).anyMatch(timeout::equals);
    }

    Optional<String> nameOfBundle(int priority) {
        return ofPriority(priority).flatMap(GroupTimeout::name);
    }

    TimeoutUnit unitOfBundle(int priority) {
        return ofPriority(priority).map(GroupTimeout::timeoutUnit).orElse(TimeoutUnit.MINUTES);
    }

    void setTimeout(Duration timeout, TimeoutUnit unit, boolean enabled, boolean enableGroups, Instant now) {
        timeoutSeconds = Math.toIntExact(timeout.toSeconds());
        timeoutUnit = unit;
        timeoutEnabled = enabled;
        groupsEnabled = enableGroups;
        modifiedAt = now;
    }

    /** Replaces the group-specific timeouts; {@code units} says in what each priority's is shown. */
    void setGroupTimeouts(GroupBundles bundles, Map<Integer, TimeoutUnit> units) {
        groupTimeouts.removeIf(chosen -> !units.containsKey(chosen.priority()));
        for (GroupBundle bundle : bundles.bundles()) {
            TimeoutUnit unit = units.getOrDefault(bundle.priority(), TimeoutUnit.MINUTES);
            ofPriority(bundle.priority())
                    .ifPresentOrElse(
                            chosen -> chosen.become(bundle, unit),
                            () -> groupTimeouts.add(new GroupTimeout(bundle, unit)));
        }
    }

    private Optional<GroupTimeout> ofPriority(int priority) {
        return groupTimeouts.stream()
                .filter(chosen -> chosen.priority() == priority)
                .findFirst();
    }

    /** The same choices in an object of its own: what is changed there is written nowhere. */
    OrganizationSettings draft() {
        OrganizationSettings draft = new OrganizationSettings(organizationId);
        draft.timeoutEnabled = timeoutEnabled;
        draft.timeoutSeconds = timeoutSeconds;
        draft.timeoutUnit = timeoutUnit;
        draft.hipaa = hipaa;
        draft.groupsEnabled = groupsEnabled;
        groupTimeouts.forEach(
                chosen -> draft.groupTimeouts.add(new GroupTimeout(chosen.bundle(), chosen.timeoutUnit())));
        return draft;
    }

    void obeyHipaa(boolean obey, Instant now) {
        hipaa = obey;
        modifiedAt = now;
    }

    TimeoutPolicy policy() {
        return new TimeoutPolicy(
                timeoutEnabled ? Optional.of(new InactivityTimeout(timeout())) : Optional.empty(),
                groupsEnabled
                        ? new GroupBundles(
                                groupTimeouts.stream().map(GroupTimeout::bundle).toList())
                        : GroupBundles.NONE,
                hipaa);
    }
}

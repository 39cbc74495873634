package org.lapse.organizations.settings;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.timeout.GroupBundle;
import org.lapse.rules.timeout.InactivityTimeout;

/** The inactivity timeout that an administrator chose for a bundle of groups. */
@Entity
class GroupTimeout {
    @Id
    private UUID id;

    private int priority;
    private int timeoutSeconds;
    private @Nullable String name;

    @Enumerated(EnumType.STRING)
    private TimeoutUnit timeoutUnit;

    @ElementCollection
    @CollectionTable(name = "group_timeout_group", joinColumns = @JoinColumn(name = "group_timeout_id"))
    @Column(name = "group_id")
    private Set<UUID> groups;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected GroupTimeout() {}

    GroupTimeout(GroupBundle bundle, TimeoutUnit unit) {
        this.id = UUID.randomUUID();
        this.priority = bundle.priority();
        this.groups = new HashSet<>();
        become(bundle, unit);
    }

    /** Takes over what another bundle of the same priority says. */
    final void become(GroupBundle bundle, TimeoutUnit unit) {
        timeoutSeconds = Math.toIntExact(bundle.timeout().duration().toSeconds());
        timeoutUnit = unit;
        name = bundle.name().orElse(null);
        groups.retainAll(bundle.groups());
        groups.addAll(bundle.groups());
    }

    int priority() {
        return priority;
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    TimeoutUnit timeoutUnit() {
        return timeoutUnit;
    }

    Set<UUID> groups() {
        return Set.copyOf(groups);
    }

    GroupBundle bundle() {
        return new GroupBundle(priority, name(), new InactivityTimeout(timeout()), groups);
    }
}

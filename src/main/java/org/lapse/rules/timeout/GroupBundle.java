package org.lapse.rules.timeout;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The inactivity timeout of the members of some groups.
 *
 * @param priority which bundle decides for a user who is in several: 1 is the best, {@link #WORST_PRIORITY} the worst
 * @param name what administrators call it; empty where they have given it no name
 * @param timeout how long a member's session may go unused
 * @param groups the ids of the groups
 */
public record GroupBundle(int priority, Optional<String> name, InactivityTimeout timeout, Set<UUID> groups) {

    /** The priority that gives way to all others. */
    public static final int WORST_PRIORITY = 5;

    /**
     * Checks the priority.
     *
     * @throws IllegalArgumentException if the priority is off the range
     */
    public GroupBundle {
        if (priority < 1 || priority > WORST_PRIORITY) {
            throw new IllegalArgumentException("A priority is from 1 to " + WORST_PRIORITY + ", not " + priority);
        }
        groups = Set.copyOf(groups);
    }

    /** A bundle without a name. */
    public GroupBundle(int priority, InactivityTimeout timeout, Set<UUID> groups) {
        this(priority, Optional.empty(), timeout, groups);
    }

    /** This bundle, with the longest timeout that is permitted where its own is longer than that. */
    GroupBundle atMost(Duration longest) {
        return new GroupBundle(priority, name, timeout.atMost(longest), groups);
    }

    /** Whether it governs a user who is a member of these groups. */
    public boolean governs(Set<UUID> userGroups) {
        return !Collections.disjoint(groups, userGroups);
    }
}

package org.lapse.rules.timeout;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The group-specific timeouts of an organization. For a user who is in groups of several bundles the one with the best
 * priority decides, and it overrides the organization-wide timeout, be it shorter or longer.
 *
 * @param bundles the bundles, best priority first
 */
public record GroupBundles(List<GroupBundle> bundles) {

    /** How many bundles there can be. */
    public static final int MOST_BUNDLES = 5;

    /** How many groups there can be over all bundles. */
    public static final int MOST_GROUPS = 25;

    /** No group has a timeout of its own. */
    public static final GroupBundles NONE = new GroupBundles(List.of());

    /**
     * Checks the bundles and puts them in order.
     *
     * @throws IllegalArgumentException if there are too many bundles, too many groups, or two bundles of one priority
     */
    public GroupBundles {
        if (bundles.size() > MOST_BUNDLES) {
            throw new IllegalArgumentException("There are at most " + MOST_BUNDLES + " bundles");
        }
        if (bundles.stream().mapToInt(bundle -> bundle.groups().size()).sum() > MOST_GROUPS) {
            throw new IllegalArgumentException("There are at most " + MOST_GROUPS + " groups over all bundles");
        }
        if (bundles.stream().map(GroupBundle::priority).distinct().count() < bundles.size()) {
            throw new IllegalArgumentException("Two bundles have the same priority");
        }
        bundles = bundles.stream()
                .sorted(Comparator.comparingInt(GroupBundle::priority))
                .toList();
    }

    /** These bundles, none with a longer timeout than that. */
    GroupBundles atMost(Duration longest) {
        return new GroupBundles(
                bundles.stream().map(bundle -> bundle.atMost(longest)).toList());
    }

    /** The ids of all groups that stand in a bundle. */
    public Set<UUID> groups() {
        return bundles.stream().flatMap(bundle -> bundle.groups().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The bundles that govern a user who is a member of these groups, the one that decides first. */
    public List<GroupBundle> governing(Set<UUID> userGroups) {
        return bundles.stream().filter(bundle -> bundle.governs(userGroups)).toList();
    }
}

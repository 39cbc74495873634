package org.lapse.organizations.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.timeout.GroupBundle;
import org.lapse.rules.timeout.GroupBundles;
import org.lapse.rules.timeout.PermittedTimeouts;

/**
 * The inactivity timeouts of an organization on the wire, under the vendor's names. In a request a field that is left
 * out stays as it was.
 *
 * @param enableIdleTokenTimeout whether the organization-wide timeout is on
 * @param idleTokenTimeoutSeconds how long a token may go unused, in seconds: 300 to 28800, where HIPAA is on to 900
 * @param inactivityTimeoutUnit how the console shows it: {@code Minutes} or {@code Hours}
 * @param inactivityTimeoutGroupsEnabled whether the group-specific timeouts are on
 * @param inactivityTimeoutGroupBundles the group-specific timeouts: at most 5 bundles, and 25 groups over all of them;
 *     in a request the list replaces the one before
 */
public record IdleTokenTimeout(
        @Nullable Boolean enableIdleTokenTimeout,
        @Nullable Integer idleTokenTimeoutSeconds,
        @Nullable String inactivityTimeoutUnit,
        @Nullable Boolean inactivityTimeoutGroupsEnabled,
        @Nullable List<InactivityTimeoutGroupBundle> inactivityTimeoutGroupBundles) {

    private static final String BUNDLES = "inactivityTimeoutGroupBundles";

    static IdleTokenTimeout of(OrganizationSettings settings) {
        return new IdleTokenTimeout(
                settings.isTimeoutEnabled(),
                Math.toIntExact(settings.timeout().toSeconds()),
                settings.timeoutUnit().wireName(),
                settings.areGroupTimeoutsEnabled(),
                settings.groupTimeouts().stream()
                        .map(InactivityTimeoutGroupBundle::of)
                        .toList());
    }

    /** The ids of all groups that are named, known or not. */
    Set<UUID> groups() {
        return inactivityTimeoutGroupBundles == null
                ? Set.of()
                : inactivityTimeoutGroupBundles.stream()
                        .filter(Objects::nonNull)
                        .flatMap(bundle -> Stream.ofNullable(bundle.groups()).flatMap(List::stream))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Changes what this names. Everything is checked before anything is changed.
     *
     * @param knownGroups those of {@link #groups()} that exist in the organization
     * @throws ApiException 400 naming the field that holds what it may not
     */
    void apply(OrganizationSettings settings, PermittedTimeouts permitted, Set<UUID> knownGroups, Instant now) {
        ChosenRange range = ChosenRange.of(permitted, settings);
        Duration timeout =
                idleTokenTimeoutSeconds == null ? settings.timeout() : Duration.ofSeconds(idleTokenTimeoutSeconds);
        if (idleTokenTimeoutSeconds != null) {
            range.check("idleTokenTimeoutSeconds", timeout);
        }
        TimeoutUnit unit = inactivityTimeoutUnit == null
                ? settings.timeoutUnit()
                : TimeoutUnit.ofWire("inactivityTimeoutUnit", inactivityTimeoutUnit);
        boolean enabled = enableIdleTokenTimeout == null ? settings.isTimeoutEnabled() : enableIdleTokenTimeout;
        boolean groupsEnabled = inactivityTimeoutGroupsEnabled == null
                ? settings.areGroupTimeoutsEnabled()
                : inactivityTimeoutGroupsEnabled;
        if (inactivityTimeoutGroupBundles != null) {
            setBundles(settings, inactivityTimeoutGroupBundles, range, knownGroups);
        }
        settings.setTimeout(timeout, unit, enabled, groupsEnabled, now);
    }

    private static void setBundles(
            OrganizationSettings settings,
            List<InactivityTimeoutGroupBundle> asked,
            ChosenRange range,
            Set<UUID> knownGroups) {
        if (asked.size() > GroupBundles.MOST_BUNDLES) {
            throw ApiException.invalidValue(BUNDLES, "There are at most " + GroupBundles.MOST_BUNDLES + " bundles.");
        }
        List<GroupBundle> bundles = new ArrayList<>();
        Map<Integer, TimeoutUnit> units = new HashMap<>();
        int groups = 0;
        for (int i = 0; i < asked.size(); i++) {
            String field = BUNDLES + "[" + i + "]";
            InactivityTimeoutGroupBundle one = asked.get(i);
            if (one == null) {
                throw ApiException.invalidValue(field, "A bundle is an object.");
            }
            GroupBundle bundle = one.toBundle(field, range, knownGroups, settings::nameOfBundle);
            groups += bundle.groups().size();
            if (groups > GroupBundles.MOST_GROUPS) {
                throw ApiException.invalidValue(
                        field + ".groups",
                        "There are at most " + GroupBundles.MOST_GROUPS + " groups over all bundles.");
            }
            TimeoutUnit unit = one.unit(field, settings.unitOfBundle(bundle.priority()));
            if (units.put(bundle.priority(), unit) != null) {
                throw ApiException.invalidValue(field + ".priority", "Another bundle has this priority.");
            }
            bundles.add(bundle);
        }
        settings.setGroupTimeouts(new GroupBundles(bundles), units);
    }
}

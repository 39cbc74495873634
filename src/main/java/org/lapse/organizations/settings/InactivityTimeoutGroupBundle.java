package org.lapse.organizations.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.timeout.GroupBundle;
import org.lapse.rules.timeout.InactivityTimeout;

/**
 * The inactivity timeout of the members of some groups on the wire, under the vendor's names.
 *
 * @param priority 1 to 5, required; of the bundles that hold a group of the user the one with the lowest number decides
 * @param timeoutSeconds how long a member's token may go unused, in seconds, required; the same range as the
 *     organization-wide timeout's
 * @param inactivityTimeoutUnit how the console shows it: {@code Minutes} (the default) or {@code Hours}
 * @param groups the ids of the groups, required
 * @param name what administrators call the bundle, at most 100 characters; in a request that leaves it out the bundle
 *     of that priority keeps its name, and an empty text takes it away
 */
public record InactivityTimeoutGroupBundle(
        @Nullable Integer priority,
        @Nullable Integer timeoutSeconds,
        @Nullable String inactivityTimeoutUnit,
        @Nullable List<UUID> groups,
        @Nullable String name) {
    private static final int LONGEST_NAME = 100;

    static InactivityTimeoutGroupBundle of(GroupTimeout chosen) {
        return new InactivityTimeoutGroupBundle(
                chosen.priority(),
                Math.toIntExact(chosen.timeout().toSeconds()),
                chosen.timeoutUnit().wireName(),
                chosen.groups().stream().sorted().toList(),
                chosen.name().orElse(null));
    }

    /**
     * The bundle that this says.
     *
     * @param field where it stands in the body
     * @param known the ids of the organization's groups
     * @param nameBefore the name of the bundle that had this priority before, by its priority
     * @throws ApiException 400 naming the field that is missing or off its range
     */
    GroupBundle toBundle(String field, ChosenRange range, Set<UUID> known, IntFunction<Optional<String>> nameBefore) {
        if (priority == null || priority < 1 || priority > GroupBundle.WORST_PRIORITY) {
            throw ApiException.invalidValue(
                    field + ".priority", "The priority is from 1, the best, to " + GroupBundle.WORST_PRIORITY + ".");
        }
        if (timeoutSeconds == null) {
            throw ApiException.invalidValue(field + ".timeoutSeconds", "A bundle has a timeout.");
        }
        if (groups == null) {
            throw ApiException.invalidValue(field + ".groups", "A bundle has groups.");
        }
        Duration timeout = Duration.ofSeconds(timeoutSeconds);
        range.check(field + ".timeoutSeconds", timeout);
        for (int i = 0; i < groups.size(); i++) {
            UUID group = groups.get(i);
            if (group == null || !known.contains(group)) {
                throw ApiException.invalidValue(field + ".groups[" + i + "]", "There is no group of that id.");
            }
        }
        if (groups.stream().distinct().count() < groups.size()) {
            throw ApiException.invalidValue(field + ".groups", "A group stands in a bundle once.");
        }
        return new GroupBundle(
                priority, name(field, nameBefore.apply(priority)), new InactivityTimeout(timeout), Set.copyOf(groups));
    }

    private Optional<String> name(String field, Optional<String> otherwise) {
        if (name == null) {
            return otherwise;
        }
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.invalidValue(
                    field + ".name", "A name has at most " + LONGEST_NAME + " characters, and no line break.");
        }
        return Optional.of(name.strip()).filter(text -> !text.isEmpty());
    }

    /** The unit that this says, or otherwise the one that the bundle of that priority had before. */
    TimeoutUnit unit(String field, TimeoutUnit otherwise) {
        return inactivityTimeoutUnit == null
                ? otherwise
                : TimeoutUnit.ofWire(field + ".inactivityTimeoutUnit", inactivityTimeoutUnit);
    }
}

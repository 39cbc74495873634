package org.lapse.organizations.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;

/**
 * Which users are asked for.
 *
 * @param state only users of this state; empty for any
 * @param ids only users of these ids; empty for all
 * @param contains only users in whose name, or name for signing in, this stands, whatever its case; empty for all
 */
record UserFilter(Optional<UserState> state, List<UUID> ids, String contains) {
    private static final String ANY = "any";

    /**
     * Reads the query parameters {@code state} ({@code active} where it is left out, or {@code any}), {@code id} and
     * {@code contains}.
     *
     * @throws ApiException 400 {@code invalid.value} where the state is none
     */
    static UserFilter of(@Nullable String state, List<UUID> ids, @Nullable String contains) {
        return new UserFilter(
                ANY.equals(state) ? Optional.empty() : Optional.of(stateOf(state == null ? "active" : state)),
                List.copyOf(ids),
                Contained.of(contains));
    }

    static UserState stateOf(String state) {
        return UserState.ofWireName(state)
                .orElseThrow(
                        () -> ApiException.invalidValue("state", "A user's state is active, inactive or deleted."));
    }

    /** What a JPQL query about users {@code u} asks for, each condition after an {@code and}. */
    String conditions() {
        String ofState = state.map(wanted -> switch (wanted) {
                    case ACTIVE -> " and u.deletedAt is null and u.enabled = true";
                    case INACTIVE -> " and u.deletedAt is null and u.enabled = false";
                    case DELETED -> " and u.deletedAt is not null";
                })
                .orElse("");
        return ofState
                + (ids.isEmpty() ? "" : " and u.id in :ids")
                + (contains.isEmpty()
                        ? ""
                        : " and (lower(u.name) like :contains escape '!' or u.username like :contains escape '!')");
    }

    /** What stands in the place of the conditions' parameters. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        if (!ids.isEmpty()) {
            parameters.put("ids", ids);
        }
        if (!contains.isEmpty()) {
            parameters.put("contains", Contained.pattern(contains));
        }
        return parameters;
    }
}

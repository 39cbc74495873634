package org.lapse.platform.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as they stand in a query or in a body. */
public final class Ids {
    private static final int MOST = 500;

    private Ids() {}

    /**
     * The ids of a query parameter, which may be repeated, hold several with commas between them, or both.
     *
     * @param field the parameter's name
     * @throws ApiException 400 {@code invalid.value} where one is no id, or where there are more than 500
     */
    public static List<UUID> ofQuery(String field, Collection<String> given) {
        List<UUID> ids = given.stream()
                .flatMap(several -> Arrays.stream(several.split(",", -1)))
                .map(text -> parse(field, text.strip()))
                .distinct()
                .toList();
        if (ids.size() > MOST) {
            throw ApiException.invalidValue(field, "There are at most " + MOST + " ids in one request.");
        }
        return ids;
    }

    /**
     * The ids of a list in a body.
     *
     * @param field its path
     * @throws ApiException 400 {@code invalid.value} where the list or one of them is missing
     */
    public static List<UUID> ofBody(String field, @Nullable Collection<@Nullable UUID> given) {
        if (given == null || given.stream().anyMatch(Objects::isNull)) {
            throw ApiException.invalidValue(field, "This is a list of ids.");
        }
        return given.stream().map(Objects::requireNonNull).distinct().toList();
    }

    private static UUID parse(String field, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidValue(field, "This is no id, or not one of our form.");
        }
    }
}

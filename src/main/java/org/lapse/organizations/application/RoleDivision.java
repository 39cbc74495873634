package org.lapse.organizations.application;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;

/**
 * A role in a division on the wire. There are no divisions: the only one that can be named is all of them.
 *
 * @param roleId the role
 * @param divisionId {@code *}
 */
public record RoleDivision(@Nullable UUID roleId, @Nullable String divisionId) {
    private static final String ALL = "*";

    static RoleDivision of(UUID roleId) {
        return new RoleDivision(roleId, ALL);
    }

    /**
     * The role that this names.
     *
     * @throws ApiException 400 {@code invalid.value} where it names none, or another division than all
     */
    static UUID id(@Nullable RoleDivision given) {
        if (given == null || given.roleId == null || !ALL.equals(given.divisionId)) {
            throw ApiException.invalidValue(
                    "roleDivisions", "There are no divisions: a role is given in the division *, which is all.");
        }
        return given.roleId;
    }
}

package org.lapse.platform.api;

import org.jspecify.annotations.Nullable;

/** In which order a listing goes. */
public enum SortOrder {
    /** From A to Z, or from the earliest on. */
    ASC,
    /** From Z to A, or from the latest back. */
    DESC;

    /**
     * Reads the query parameter {@code sortOrder}, under any of the vendor's names; {@link #ASC} where it is left out.
     *
     * @throws ApiException 400 {@code invalid.value}
     */
    public static SortOrder of(@Nullable String sortOrder) {
        return of(sortOrder, ASC);
    }

    /**
     * Reads the query parameter {@code sortOrder}, under any of the vendor's names.
     *
     * @param otherwise the order where it is left out
     * @throws ApiException 400 {@code invalid.value}
     */
    public static SortOrder of(@Nullable String sortOrder, SortOrder otherwise) {
        if (sortOrder == null) {
            return otherwise;
        }
        return switch (sortOrder) {
            case "ASC", "asc", "ascending" -> ASC;
            case "DESC", "desc", "descending" -> DESC;
            default -> throw ApiException.invalidValue("sortOrder", "sortOrder is ASC or DESC.");
        };
    }
}

package org.lapse.api;

import org.jspecify.annotations.Nullable;

/** In which order a listing goes by name. */
public enum SortOrder {
    /** From A to Z. */
    ASC,
    /** From Z to A. */
    DESC;

    /**
     * Reads the query parameter {@code sortOrder}, under either of the vendor's names; {@link #ASC} where it is left out.
     *
     * @throws ApiException 400 {@code invalid.value}
     */
    public static SortOrder of(@Nullable String sortOrder) {
        return switch (sortOrder == null ? "ASC" : sortOrder) {
            case "ASC", "ascending" -> ASC;
            case "DESC", "descending" -> DESC;
            default -> throw ApiException.invalidValue("sortOrder", "sortOrder is ASC or DESC.");
        };
    }
}

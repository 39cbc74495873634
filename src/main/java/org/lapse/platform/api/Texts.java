package org.lapse.platform.api;

import org.jspecify.annotations.Nullable;

/** What people write into the fields of a body: names and descriptions. */
public final class Texts {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 1000;

    private Texts() {}

    /**
     * A name without the blanks around it.
     *
     * @param field its path in the body
     * @throws ApiException 400 {@code invalid.value} where it is missing, blank or longer than 200 characters
     */
    public static String name(String field, @Nullable String given) {
        if (given == null || given.isBlank() || given.length() > LONGEST_NAME) {
            throw ApiException.invalidValue(field, "A name has 1 to 200 characters.");
        }
        return given.strip();
    }

    /**
     * A description, as it was given.
     *
     * @param field its path in the body
     * @throws ApiException 400 {@code invalid.value} where it is longer than 1000 characters
     */
    public static String description(String field, String given) {
        if (given.length() > LONGEST_DESCRIPTION) {
            throw ApiException.invalidValue(field, "A description has at most 1000 characters.");
        }
        return given;
    }
}

package org.lapse.organizations.directory;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;

/** The query parameter {@code contains}: a part of a name, as somebody types it who looks for a person or a group. */
final class Contained {
    private static final int LONGEST = 200;

    private Contained() {}

    /**
     * What is looked for, in lower case; empty for everything.
     *
     * @throws ApiException 400 {@code invalid.value} where no name could contain it
     */
    static String of(@Nullable String contains) {
        String wanted = contains == null ? "" : contains.strip().toLowerCase(Locale.ROOT);
        if (wanted.length() > LONGEST || wanted.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.invalidValue("contains", "A part of a name has at most 200 characters.");
        }
        return wanted;
    }

    /** The pattern of a {@code like} whose escape character is the exclamation mark. */
    static String pattern(String wanted) {
        return "%" + wanted.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}

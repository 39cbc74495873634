package org.lapse.organizations.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Texts;
import org.lapse.platform.api.Verbatim;

/**
 * A user whom an administrator makes. The vendor's {@code divisionId} is read and means nothing: there are no
 * divisions.
 *
 * @param name what people call the user
 * @param email the name for signing in
 * @param password without one the user cannot sign in until somebody sets it
 * @param state {@code active} (the default) or {@code inactive}
 */
@JsonIgnoreProperties("divisionId")
public record UserCreation(
        @Nullable String name,
        @Nullable String email,
        @Verbatim @Nullable String password,
        @Nullable String state) {
    private static final int LONGEST_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Z}\\p{C}]+@[^@\\s\\p{Z}\\p{C}]+");

    String validName() {
        return Texts.name("name", name);
    }

    /** The name for signing in. */
    String username() {
        return email("email", email);
    }

    boolean isEnabled() {
        return state == null || isEnabled(state);
    }

    static boolean isEnabled(String state) {
        return switch (state) {
            case "active" -> true;
            case "inactive" -> false;
            default ->
                throw ApiException.invalidValue(
                        "state", "A user is made or left active or inactive; DELETE deletes one.");
        };
    }

    static String email(String field, @Nullable String given) {
        if (given == null
                || given.length() > LONGEST_EMAIL
                || !EMAIL.matcher(given).matches()) {
            throw ApiException.invalidValue(field, "A user signs in with an e-mail address of at most 254 characters.");
        }
        return given;
    }

    @Override
    public String toString() {
        return "UserCreation[" + email + "]";
    }
}

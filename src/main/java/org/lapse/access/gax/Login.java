package org.lapse.access.gax;

import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Verbatim;

/**
 * The body of a log-in.
 *
 * @param username the user's name for signing in; {@code name:domain} where several organizations have that name
 * @param password the password
 * @param oneTimeCode a code of the authenticator app or a recovery code, from a user who has a second factor; not the
 *     vendor's
 * @param isPasswordEncrypted {@code false}, or left out: it is TLS that keeps the password from others
 */
record Login(
        @Verbatim @Nullable String username,
        @Verbatim @Nullable String password,
        @Nullable String oneTimeCode,
        @Nullable Boolean isPasswordEncrypted) {

    String presentUsername() {
        return present("username", username);
    }

    String presentPassword() {
        if (Boolean.TRUE.equals(isPasswordEncrypted)) {
            throw ApiException.invalidValue("isPasswordEncrypted", "The password is sent as it is, over TLS.");
        }
        return present("password", password);
    }

    private static String present(String field, @Nullable String value) {
        if (value == null) {
            throw ApiException.invalidValue(field, "The " + field + " is missing.");
        }
        return value;
    }

    @Override
    public String toString() {
        return "Login[hidden]";
    }
}

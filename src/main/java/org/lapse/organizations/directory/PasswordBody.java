package org.lapse.organizations.directory;

import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Verbatim;

/**
 * A new password.
 *
 * @param newPassword what it shall be
 * @param endOtherSessions whether the user's sessions and sign-ins end, but the caller's own; true if it is left out
 */
public record PasswordBody(
        @Verbatim @Nullable String newPassword, @Nullable Boolean endOtherSessions) {
    @Override
    public String toString() {
        return "PasswordBody[hidden]";
    }

    /**
     * A new password of the user who asks.
     *
     * @param oldPassword what it is
     * @param newPassword what it shall be
     * @param endOtherSessions whether all sessions and sign-ins of the user end but the one that asks; true if it is
     *     left out
     */
    public record Mine(
            @Verbatim @Nullable String oldPassword,
            @Verbatim @Nullable String newPassword,
            @Nullable Boolean endOtherSessions) {
        @Override
        public String toString() {
            return "Mine[hidden]";
        }
    }
}

package org.lapse.organizations.directory;

import org.jspecify.annotations.Nullable;

/**
 * A new password.
 *
 * @param newPassword what it shall be
 */
public record PasswordBody(@Nullable String newPassword) {
    @Override
    public String toString() {
        return "PasswordBody[hidden]";
    }

    /**
     * A new password of the user who asks.
     *
     * @param oldPassword what it is
     * @param newPassword what it shall be
     */
    public record Mine(
            @Nullable String oldPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "Mine[hidden]";
        }
    }
}

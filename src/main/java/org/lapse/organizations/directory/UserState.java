package org.lapse.organizations.directory;

import java.util.Locale;
import java.util.Optional;

/** Whether a user may sign in. */
enum UserState {
    /** The user may, given a password. */
    ACTIVE,
    /** The user may not, until an administrator lets them. */
    INACTIVE,
    /** The user is no more; only the audit and past sessions still speak of them. */
    DELETED;

    /** The vendor's name for it: {@code active}, {@code inactive} or {@code deleted}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<UserState> ofWireName(String wireName) {
        return switch (wireName) {
            case "active" -> Optional.of(ACTIVE);
            case "inactive" -> Optional.of(INACTIVE);
            case "deleted" -> Optional.of(DELETED);
            default -> Optional.empty();
        };
    }
}

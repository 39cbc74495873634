package org.lapse.organizations.directory;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * So many wrong passwords in a row were given for an account that no password is looked at any more. Fired once,
 * inside the transaction that settles the last of them.
 *
 * @param organizationId the organization of the name
 * @param userId whose name it is; null where it is nobody's
 * @param reach from where none is looked at
 * @param at when
 */
public record PasswordGuessesUsedUp(
        UUID organizationId, @Nullable UUID userId, Reach reach, Instant at) {
    /** From where no password is looked at. */
    public enum Reach {
        /** From where the user was never before. */
        STRANGERS,
        /** From anywhere. */
        EVERYWHERE;

        /** As the audit tells it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

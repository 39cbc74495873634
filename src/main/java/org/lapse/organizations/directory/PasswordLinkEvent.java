package org.lapse.organizations.directory;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody came with a link to set a password by. Fired inside the transaction in which it happened.
 *
 * @param organizationId the organization of the user
 * @param userId whose password it is about
 * @param kind what became of it
 * @param reason why it was refused, as a word; null where it was not
 * @param at when
 */
public record PasswordLinkEvent(
        UUID organizationId,
        UUID userId,
        Kind kind,
        @Nullable String reason,
        Instant at) {
    /** What becomes of it. */
    public enum Kind {
        /** The user has another password by it. */
        USE,
        /** It was void. */
        REFUSE;

        /** How the audit names the action. */
        public String action() {
            return "user.password.link." + name().toLowerCase(Locale.ROOT);
        }
    }
}

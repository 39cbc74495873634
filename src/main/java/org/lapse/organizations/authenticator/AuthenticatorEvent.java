package org.lapse.organizations.authenticator;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to what a user proves who they are with. Fired inside the transaction in which it happened.
 *
 * @param organizationId the organization of the user
 * @param userId the user
 * @param applicationId through which application; null where there is none
 * @param kind what happened
 * @param factor to what
 * @param name the name of the passkey; null for what has none
 * @param at when
 */
public record AuthenticatorEvent(
        UUID organizationId,
        UUID userId,
        @Nullable String applicationId,
        Kind kind,
        Factor factor,
        @Nullable String name,
        Instant at) {
    /** What can happen. */
    public enum Kind {
        /** The user has set it up. */
        ENROLL,
        /** The user has removed it. */
        REMOVE,
        /** It proved who somebody is. */
        USE,
        /** Something else was given in its place, or it was given again. */
        REFUSE;

        /** How the audit names the action. */
        public String action() {
            return "authenticator." + name().toLowerCase(Locale.ROOT);
        }
    }
}

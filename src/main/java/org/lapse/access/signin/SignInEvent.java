package org.lapse.access.signin;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;

/** Somebody has tried to sign in. Fired inside the transaction that settles the guess. */
public sealed interface SignInEvent {
    /** In which organization. */
    UUID organizationId();

    /** As whom; null where the name is nobody's. The name that was typed is not known. */
    @Nullable
    User user();

    /** To which application; null where that does not exist yet. */
    @Nullable
    String applicationId();

    /** When. */
    Instant at();

    /** It was the user's password. */
    record SignedIn(User user, @Nullable String applicationId, Instant at) implements SignInEvent {
        @Override
        public UUID organizationId() {
            return user.organizationId();
        }
    }

    /** It was not, or the user is disabled, or there is none. */
    record SignInRefused(
            UUID organizationId,
            @Nullable User user,
            @Nullable String applicationId,
            Instant at) implements SignInEvent {}
}

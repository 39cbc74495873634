package org.lapse.access.signin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;

/** Somebody has tried to sign in as a user. Fired inside the transaction that settles the guess. */
public sealed interface SignInEvent {
    /** As whom; the name that was typed is known no further than that it is this user's. */
    User user();

    /** To which application; null where that does not exist yet. */
    @Nullable
    String applicationId();

    /** When. */
    Instant at();

    /** It was the user's password. */
    record SignedIn(User user, @Nullable String applicationId, Instant at) implements SignInEvent {}

    /** It was not, or the user is disabled. */
    record SignInRefused(User user, @Nullable String applicationId, Instant at) implements SignInEvent {}
}

package org.lapse.access.signin;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.Users;

/** The names and passwords that people give to sign in. */
@Singleton
public class SignInAttempts {
    private final PasswordChecks checks;
    private final Users users;
    private final Event<SignInEvent> events;

    @Inject
    SignInAttempts(PasswordChecks checks, Users users, Event<SignInEvent> events) {
        this.checks = checks;
        this.users = users;
        this.events = events;
    }

    /**
     * Whether this is the password of the user of that name, as {@link PasswordChecks#check} finds. What it finds about
     * a user who exists is told in the transaction that settles the guess. An attempt that was not looked at is not
     * told.
     *
     * @param applicationId to which application; null where that does not exist yet
     */
    public PasswordCheck check(
            UUID organizationId, @Nullable String applicationId, String username, String password, Instant now) {
        return checks.check(organizationId, username, password, check -> {
            if (check instanceof PasswordCheck.Right right) {
                events.fire(new SignInEvent.SignedIn(right.user(), applicationId, now));
            } else if (check instanceof PasswordCheck.Wrong) {
                users.findByUsername(organizationId, username)
                        .ifPresent(user -> events.fire(new SignInEvent.SignInRefused(user, applicationId, now)));
            }
            return check;
        });
    }
}

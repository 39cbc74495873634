package org.lapse.signin;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.directory.PasswordCheck;
import org.lapse.directory.Users;

/** The names and passwords that people give to sign in. */
@Singleton
@Transactional
public class SignInAttempts {
    private final Users users;
    private final Event<SignInEvent> events;

    @Inject
    SignInAttempts(Users users, Event<SignInEvent> events) {
        this.users = users;
        this.events = events;
    }

    /**
     * Whether this is the password of the user of that name, as {@link Users#check} finds. What it finds about a user who
     * exists is told in the same transaction, so that an unknown name is answered no sooner than a wrong password. An
     * attempt that comes too soon is not told: it was not looked at.
     *
     * @param applicationId to which application; null where that does not exist yet
     */
    public PasswordCheck check(
            UUID organizationId, @Nullable String applicationId, String username, String password, Instant now) {
        PasswordCheck check = users.check(organizationId, username, password, now);
        if (check instanceof PasswordCheck.Right right) {
            events.fire(new SignInEvent.SignedIn(right.user(), applicationId, now));
        } else if (check instanceof PasswordCheck.Wrong) {
            users.findByUsername(organizationId, username)
                    .ifPresent(user -> events.fire(new SignInEvent.SignInRefused(user, applicationId, now)));
        }
        return check;
    }
}

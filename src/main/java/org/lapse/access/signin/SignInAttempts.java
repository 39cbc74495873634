package org.lapse.access.signin;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.organizations.authenticator.CodeCheck;
import org.lapse.organizations.authenticator.OneTimeCodes;
import org.lapse.organizations.authenticator.SecondFactorPolicy;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;

/** The names and passwords that people give to sign in. */
@Singleton
public class SignInAttempts {
    private final PasswordChecks checks;
    private final Users users;
    private final SecondFactorPolicy factors;
    private final OneTimeCodes codes;
    private final Event<SignInEvent> events;

    @Inject
    SignInAttempts(
            PasswordChecks checks,
            Users users,
            SecondFactorPolicy factors,
            OneTimeCodes codes,
            Event<SignInEvent> events) {
        this.checks = checks;
        this.users = users;
        this.factors = factors;
        this.codes = codes;
        this.events = events;
    }

    /**
     * Whether this is the password of the user of that name, as {@link PasswordChecks#check} finds. What it finds about
     * a user who exists is told in the transaction that settles the guess. An attempt that was not looked at is not
     * told, and one that is right is told once the user has proved all that is asked for.
     *
     * @param applicationId to which application; null where that does not exist yet
     * @param assurance how sure the sign-in has to make us
     */
    public PasswordCheck check(
            UUID organizationId,
            @Nullable String applicationId,
            String username,
            String password,
            AssuranceLevel assurance,
            Instant now) {
        return checks.check(organizationId, username, password, check -> {
            if (check instanceof PasswordCheck.Right right && !factors.areAskedOf(right.user(), assurance)) {
                events.fire(new SignInEvent.SignedIn(right.user(), applicationId, now));
            } else if (check instanceof PasswordCheck.Wrong) {
                users.findByUsername(organizationId, username)
                        .ifPresent(user -> events.fire(new SignInEvent.SignInRefused(user, applicationId, now)));
            }
            return check;
        });
    }

    /**
     * Whether this is a one-time code of a user who has just given the password, where both come in one request.
     *
     * @param applicationId to which application; null where that does not exist yet
     */
    @Transactional
    public CodeCheck checkCode(User user, @Nullable String applicationId, String code, Instant now) {
        if (!users.lockUnchanged(user)) {
            return new CodeCheck.Wrong();
        }
        CodeCheck check = codes.check(user, applicationId, code, now);
        if (check instanceof CodeCheck.Right) {
            events.fire(new SignInEvent.SignedIn(user, applicationId, now));
        }
        return check;
    }
}

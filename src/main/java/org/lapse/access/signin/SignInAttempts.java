package org.lapse.access.signin;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.organizations.authenticator.CodeCheck;
import org.lapse.organizations.authenticator.OneTimeCodes;
import org.lapse.organizations.authenticator.SecondFactorPolicy;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.PasswordPlace;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;

/** The names and passwords that people give to sign in. */
@Singleton
public class SignInAttempts {
    private final PasswordChecks checks;
    private final Users users;
    private final KnownBrowsers browsers;
    private final SecondFactorPolicy factors;
    private final OneTimeCodes codes;
    private final Event<SignInEvent> events;

    @Inject
    SignInAttempts(
            PasswordChecks checks,
            Users users,
            KnownBrowsers browsers,
            SecondFactorPolicy factors,
            OneTimeCodes codes,
            Event<SignInEvent> events) {
        this.checks = checks;
        this.users = users;
        this.browsers = browsers;
        this.factors = factors;
        this.codes = codes;
        this.events = events;
    }

    /**
     * Whether this is the password of the user of that name, as {@link PasswordChecks#check} finds. What it finds is
     * told in the transaction that settles the guess. An attempt that was not looked at is not told, and one that is
     * right is told once the user has proved all that is asked for.
     *
     * @param applicationId to which application; null where that does not exist yet
     * @param assurance how sure the sign-in has to make us
     * @param request from where the password comes
     */
    public PasswordCheck check(
            UUID organizationId,
            @Nullable String applicationId,
            String username,
            String password,
            AssuranceLevel assurance,
            HttpServletRequest request,
            Instant now) {
        PasswordPlace place = browsers.find(organizationId, username, request)
                .map(PasswordPlace::browser)
                .orElse(PasswordPlace.stranger());
        return checks.check(organizationId, username, place, password, check -> {
            if (check instanceof PasswordCheck.Right right && !factors.areAskedOf(right.user(), assurance)) {
                events.fire(new SignInEvent.SignedIn(right.user(), applicationId, now));
            } else if (check instanceof PasswordCheck.Wrong && !organizationId.equals(Organizations.NONE)) {
                User user = users.findByUsername(organizationId, username).orElse(null);
                events.fire(new SignInEvent.SignInRefused(organizationId, user, applicationId, now));
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

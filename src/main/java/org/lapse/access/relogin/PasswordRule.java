package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.User;
import org.lapse.sessions.session.Session;

/**
 * Which password a re-login wants after it was changed while the session was open: {@code lapse.relogin.password}.
 *
 * <p>{@code framework}, as the guide has it: changed through the same application, the new one; changed through another
 * application, the old one, for that session only. {@code newest}: always the new one.
 *
 * @see <a href="https://docs.genesys.com/Documentation/System/latest/SDG/InactivityTimeout">Genesys Security Deployment
 *     Guide, Inactivity Timeout, Password Changes</a>
 */
@Singleton
class PasswordRule {
    private final PasswordChecks checks;
    private final boolean newest;

    @Inject
    PasswordRule(
            PasswordChecks checks,
            @ConfigProperty(name = "lapse.relogin.password", defaultValue = "framework") String rule) {
        this.checks = checks;
        this.newest = switch (rule) {
            case "newest" -> true;
            case "framework" -> false;
            default -> throw new IllegalArgumentException("lapse.relogin.password is framework or newest, not " + rule);
        };
    }

    /**
     * Whether this is the password that the session's user must give.
     *
     * @param settlement what follows from it, in the transaction that settles the guess
     */
    <R> R check(Session session, User user, String password, Function<PasswordCheck, R> settlement) {
        String known = session.knownPasswordHash();
        return newest || known == null
                ? checks.check(session.organizationId(), user.username(), password, settlement)
                : checks.checkKnown(session.organizationId(), user.username(), known, password, settlement);
    }

    /** Whether a session still wants the password that it wanted before. */
    boolean isTheSame(Session before, Session now) {
        return newest || Objects.equals(before.knownPasswordHash(), now.knownPasswordHash());
    }
}

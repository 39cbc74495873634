package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.PasswordCheck;
import org.lapse.organizations.directory.PasswordChecks;
import org.lapse.organizations.directory.PasswordPlace;
import org.lapse.organizations.directory.User;
import org.lapse.sessions.session.Session;

/**
 * Which password a re-login wants after it was changed while the session was open: {@code lapse.relogin.password}.
 *
 * <p>{@code framework}, as the guide has it: changed through the same application, the new one; changed through another
 * application, the old one, for that session only. {@code newest}: always the new one. {@code application}: as the guide
 * has it for applications of the Framework's types, the new one for all others. Sessions that the change ends want none.
 *
 * @see <a href="https://docs.genesys.com/Documentation/System/latest/SDG/InactivityTimeout">Genesys Security Deployment
 *     Guide, Inactivity Timeout, Password Changes</a>
 */
@Singleton
class PasswordRule {
    private final PasswordChecks checks;
    private final Applications applications;
    private final Wanted wanted;

    @Inject
    PasswordRule(
            PasswordChecks checks,
            Applications applications,
            @ConfigProperty(name = "lapse.relogin.password", defaultValue = "application") String rule) {
        this.checks = checks;
        this.applications = applications;
        this.wanted = switch (rule) {
            case "application" -> Wanted.BY_APPLICATION;
            case "framework" -> Wanted.KNOWN;
            case "newest" -> Wanted.NEWEST;
            default ->
                throw new IllegalArgumentException(
                        "lapse.relogin.password is application, framework or newest, not " + rule);
        };
    }

    /**
     * Whether this is the password that the session's user must give.
     *
     * @param settlement what follows from it, in the transaction that settles the guess
     */
    <R> R check(Session session, User user, String password, Function<PasswordCheck, R> settlement) {
        String known = session.knownPasswordHash();
        PasswordPlace place = PasswordPlace.session(session.id());
        return known == null || !wantsKnown(session)
                ? checks.check(session.organizationId(), user.username(), place, password, settlement)
                : checks.checkKnown(session.organizationId(), user.username(), place, known, password, settlement);
    }

    /** Whether a session still wants the password that it wanted before. */
    boolean isTheSame(Session before, Session now) {
        return !wantsKnown(now) || Objects.equals(before.knownPasswordHash(), now.knownPasswordHash());
    }

    private boolean wantsKnown(Session session) {
        return switch (wanted) {
            case KNOWN -> true;
            case NEWEST -> false;
            case BY_APPLICATION ->
                applications
                        .find(session.organizationId(), session.applicationId())
                        .filter(application -> application.type().isOfFramework())
                        .isPresent();
        };
    }

    private enum Wanted {
        KNOWN,
        NEWEST,
        BY_APPLICATION
    }
}

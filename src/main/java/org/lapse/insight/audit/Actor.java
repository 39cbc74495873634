package org.lapse.insight.audit;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignInEvent;
import org.lapse.organizations.authenticator.AuthenticatorEvent;
import org.lapse.organizations.directory.PasswordLinkEvent;
import org.lapse.platform.api.Caller;
import org.lapse.sessions.openwork.HoldEvent;
import org.lapse.sessions.session.EndReason.EndedBy;
import org.lapse.sessions.session.SessionEvent;

/**
 * Who did something.
 *
 * @param type what kind: a user, an application on its own, the policy where something followed by itself, such as from
 *     a deadline, or unknown where somebody did not prove who they are
 * @param id the user or application; null for the others
 * @param applicationId the application through which it was done; null where there is none
 */
record Actor(String type, @Nullable String id, @Nullable String applicationId) {
    private static final String USER = "user";
    private static final String APPLICATION = "application";
    private static final String POLICY = "policy";
    private static final String UNKNOWN = "unknown";

    static final Set<String> TYPES = Set.of(USER, APPLICATION, POLICY, UNKNOWN);

    /** Who makes a request. */
    static Actor of(Caller caller) {
        String application = caller.applicationId().isEmpty() ? null : caller.applicationId();
        return caller.userId()
                .map(user -> new Actor(USER, user.toString(), application))
                .orElseGet(() -> new Actor(APPLICATION, application, application));
    }

    /**
     * Who did something to a session: the caller in whose request it happened, unless a policy did. Where nobody
     * called, it was the session's own holder; what an administrator had decided before, such as to disable a user,
     * follows by policy.
     */
    static Actor of(SessionEvent event, Optional<Caller> caller) {
        SessionEvent.Subject session = event.session();
        String application = session.applicationId();
        EndedBy by = by(event);
        if (by == EndedBy.POLICY) {
            return new Actor(POLICY, null, application);
        }
        if (caller.isPresent()) {
            return of(caller.get());
        }
        UUID user = session.userId();
        return switch (by) {
            case POLICY, ADMINISTRATOR -> new Actor(POLICY, null, application);
            case APPLICATION -> new Actor(APPLICATION, application, application);
            case USER ->
                user == null
                        ? new Actor(APPLICATION, application, application)
                        : new Actor(USER, user.toString(), application);
        };
    }

    private static EndedBy by(SessionEvent event) {
        if (event instanceof SessionEvent.SessionEnded ended) {
            return ended.reason().endedBy();
        }
        if (event instanceof SessionEvent.SessionLocked locked) {
            return locked.lapse() == null ? EndedBy.ADMINISTRATOR : EndedBy.POLICY;
        }
        return EndedBy.USER;
    }

    /** Who began or ended open work. */
    static Actor of(HoldEvent event) {
        Caller by = event.by();
        return by == null ? new Actor(POLICY, null, null) : of(by);
    }

    /** Nobody: a rule. */
    static Actor policy() {
        return new Actor(POLICY, null, null);
    }

    /** Who used or changed an authenticator of theirs; unknown where it was refused. */
    static Actor of(AuthenticatorEvent event) {
        return event.kind() == AuthenticatorEvent.Kind.REFUSE
                ? new Actor(UNKNOWN, null, event.applicationId())
                : new Actor(USER, event.userId().toString(), event.applicationId());
    }

    /** Who set their password by a link; unknown where it was refused. */
    static Actor of(PasswordLinkEvent event) {
        return event.kind() == PasswordLinkEvent.Kind.REFUSE
                ? new Actor(UNKNOWN, null, null)
                : new Actor(USER, event.userId().toString(), null);
    }

    /** Somebody who did not prove who they are. */
    static Actor unknown(@Nullable String applicationId) {
        return new Actor(UNKNOWN, null, applicationId);
    }

    /** Who signed in, or tried to. */
    static Actor of(SignInEvent event) {
        return event instanceof SignInEvent.SignedIn signedIn
                ? new Actor(USER, signedIn.user().id().toString(), event.applicationId())
                : unknown(event.applicationId());
    }
}

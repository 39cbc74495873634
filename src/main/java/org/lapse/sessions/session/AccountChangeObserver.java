package org.lapse.sessions.session;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.lapse.organizations.application.ApplicationDisabled;
import org.lapse.organizations.directory.OtherSessions;
import org.lapse.organizations.directory.PasswordChanged;
import org.lapse.organizations.directory.UserDisabled;

/** What follows for sessions when their users and applications are disabled, or passwords are changed. */
@Singleton
class AccountChangeObserver {
    private final Sessions sessions;
    private final SessionRows rows;

    @Inject
    AccountChangeObserver(Sessions sessions, SessionRows rows) {
        this.sessions = sessions;
        this.rows = rows;
    }

    /**
     * Sessions in other applications than the one through which a password was changed go on knowing the old one, where
     * they go on.
     */
    void keepPassword(@Observes PasswordChanged changed) {
        String before = changed.hashBefore();
        if (changed.otherSessions() == OtherSessions.END) {
            rows.forgetPassword(changed.userId()); // what is left was changed through: it knows the new one
        } else if (before != null) { // who had no password has no session
            rows.keepPassword(changed.userId(), changed.applicationId(), before);
        }
    }

    void end(@Observes UserDisabled disabled) {
        sessions.endOfUser(disabled.userId(), EndReason.USER_DISABLED);
    }

    void end(@Observes ApplicationDisabled disabled) {
        sessions.endOfApplication(disabled.applicationId(), EndReason.APPLICATION_DISABLED);
    }
}

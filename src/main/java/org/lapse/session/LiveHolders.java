package org.lapse.session;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.lapse.application.ApplicationDisabled;
import org.lapse.application.ApplicationPermissionsChanged;
import org.lapse.directory.Entitlements;
import org.lapse.directory.EntitlementsChanged;
import org.lapse.directory.PasswordChanged;
import org.lapse.directory.UserDisabled;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SessionLedger;

/**
 * Keeps live sessions in step with their users and applications: membership, roles, passwords, being disabled.
 */
@Singleton
class LiveHolders {
    private final Sessions sessions;
    private final SessionRows rows;
    private final SessionLedger<Grant> ledger;
    private final InactivityTimeouts timeouts;

    @Inject
    LiveHolders(Sessions sessions, SessionRows rows, SessionLedger<Grant> ledger, InactivityTimeouts timeouts) {
        this.sessions = sessions;
        this.rows = rows;
        this.ledger = ledger;
        this.timeouts = timeouts;
    }

    void renew(@Observes(during = TransactionPhase.AFTER_SUCCESS) EntitlementsChanged changed) {
        Map<UUID, Entitlements> byUser = changed.byUser();
        ledger.forEach(session -> {
            UUID userId = session.holder().userId();
            Entitlements now = userId == null ? null : byUser.get(userId);
            if (now != null) {
                renew(session, now);
            }
        });
    }

    private void renew(LiveSession<Grant> session, Entitlements entitlements) {
        session.handOver(session.holder().with(entitlements));
        timeouts.govern(session);
    }

    void renew(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationPermissionsChanged changed) {
        ledger.forEach(session -> {
            Grant grant = session.holder();
            Set<String> now = grant.userId() == null ? changed.byApplication().get(grant.applicationId()) : null;
            if (now != null) {
                session.handOver(grant.with(new Entitlements(Set.of(), now)));
            }
        });
    }

    /** Sessions in other applications than the one through which a password was changed go on knowing the old one. */
    void keepPassword(@Observes PasswordChanged changed) {
        String before = changed.hashBefore();
        if (before != null) { // who had no password has no session
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

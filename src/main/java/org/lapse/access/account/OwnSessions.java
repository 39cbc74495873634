package org.lapse.access.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.Applications;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/**
 * The sessions of a user as the user sees and ends them. Each method is one transaction.
 *
 * @see <a href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 7.5.2</a>
 */
@Singleton
@Transactional
class OwnSessions {
    private final Sessions sessions;
    private final SignIns signIns;
    private final Admission admission;
    private final Applications applications;

    @Inject
    OwnSessions(Sessions sessions, SignIns signIns, Admission admission, Applications applications) {
        this.sessions = sessions;
        this.signIns = signIns;
        this.admission = admission;
        this.applications = applications;
    }

    /**
     * The sessions of a user that have not ended, one's own first, and then by their last use.
     *
     * @param isOwn which of them ask
     */
    List<OwnSession> of(UUID userId, Predicate<Session> isOwn) {
        List<Session> live = sessions.liveOfUser(userId);
        Map<UUID, SignIn> browsers = signIns.byId(live.stream()
                .map(Session::signInId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        Map<String, String> names = new HashMap<>();
        return live.stream()
                .map(session -> seen(session, isOwn, browsers, names))
                .sorted(Comparator.comparing(OwnSession::isOwn)
                        .thenComparing(OwnSession::lastActivityAt)
                        .reversed())
                .toList();
    }

    private OwnSession seen(
            Session session, Predicate<Session> isOwn, Map<UUID, SignIn> browsers, Map<String, String> names) {
        Optional<SignIn> browser = Optional.ofNullable(session.signInId()).map(browsers::get);
        Optional<LiveSession<SessionPrincipal>> live = admission.find(session.id());
        String applicationId = session.applicationId();
        return new OwnSession(
                session.id(),
                applicationId,
                names.computeIfAbsent(applicationId, id -> nameOf(session.organizationId(), id)),
                isOwn.test(session),
                session.state(),
                browser.map(SignIn::address).orElse(null),
                browser.map(SignIn::browser).orElse(null),
                session.openedAt(),
                sessions.lastUse(session),
                live.map(LiveSession::deadline).orElse(session.expiresAt()));
    }

    private String nameOf(UUID organizationId, String applicationId) {
        return applications
                .find(organizationId, applicationId)
                .map(Application::name)
                .orElse(applicationId);
    }

    /**
     * Ends a session of a user. Where it belongs to another browser than the one that asks, that is signed out: it would
     * open the next session without the password.
     *
     * @param ownBrowser the sign-in of the browser that asks; null where none does
     * @return false where the user has no such session
     */
    boolean end(UUID userId, UUID sessionId, @Nullable UUID ownBrowser) {
        Session session = sessions.find(sessionId)
                .filter(found -> userId.equals(found.userId()) && found.endedAt() == null)
                .orElse(null);
        if (session == null) {
            return false;
        }
        UUID browser = session.signInId();
        if (browser == null || browser.equals(ownBrowser)) {
            sessions.end(sessionId, EndReason.SIGNED_OUT);
        } else {
            signIns.end(browser);
        }
        return true;
    }

    /** Ends all sessions of a user but that one, and signs all other browsers out; answers how many have ended. */
    int endAllBut(UUID userId, Session own) {
        return signIns.endOthersOfUser(userId, own, EndReason.SIGNED_OUT);
    }

    /** Ends all sessions of a user outside of the browser of that sign-in, and signs all other browsers out. */
    int endOutsideOf(SignIn browser) {
        return signIns.endOthersOfUser(browser.userId(), browser.id(), EndReason.SIGNED_OUT);
    }
}

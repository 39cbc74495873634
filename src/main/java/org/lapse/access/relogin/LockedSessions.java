package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.User;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;

/** The locked sessions that were opened in one browser. */
@Singleton
class LockedSessions {
    private final SignIns signIns;
    private final Sessions sessions;
    private final Applications applications;
    private final Relogin relogin;
    private final DeadlineEnforcement deadlines;
    private final WallClock clock;

    @Inject
    LockedSessions(
            SignIns signIns,
            Sessions sessions,
            Applications applications,
            Relogin relogin,
            DeadlineEnforcement deadlines,
            WallClock clock) {
        this.signIns = signIns;
        this.sessions = sessions;
        this.applications = applications;
        this.relogin = relogin;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /**
     * Locks or ends those of the browser that have lapsed and that the timer has not come to yet: the page that shows
     * the lock may be here before it.
     */
    void settle(HttpServletRequest request) {
        signIns.of(request).stream()
                .flatMap(signIn -> sessions.liveOfSignIn(signIn.id()).stream())
                .filter(session -> session.state() == SessionState.ACTIVE)
                .forEach(session -> deadlines.settle(session.id(), clock.now()));
    }

    /** Those of the browser that makes this request, told by its sign-in cookie. */
    @Transactional
    List<LockedSession> ofBrowser(HttpServletRequest request) {
        return signIns.of(request).stream()
                .flatMap(signIn -> sessions.liveOfSignIn(signIn.id()).stream())
                .filter(session -> session.state() == SessionState.LOCKED)
                .flatMap(this::shown)
                .toList();
    }

    private Stream<LockedSession> shown(Session session) {
        Optional<Application> application = applications.find(session.organizationId(), session.applicationId());
        Optional<User> user = relogin.originalUser(session);
        return application.isEmpty() || user.isEmpty()
                ? Stream.empty()
                : Stream.of(new LockedSession(
                        session.id(),
                        application.get().name(),
                        user.get().username(),
                        session.lockReason().orElse(LockReason.INACTIVITY),
                        application.get().redirectUris()));
    }

    /** The one that is named by its id, or the only one where none is named. */
    static Optional<LockedSession> named(List<LockedSession> locked, @Nullable String id) {
        if (id == null) {
            return locked.size() == 1 ? Optional.of(locked.get(0)) : Optional.empty();
        }
        return locked.stream()
                .filter(session -> session.id().toString().equals(id))
                .findFirst();
    }
}

package org.lapse.insight.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignIns;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.PermissionScopes;
import org.lapse.platform.api.SortOrder;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;

/**
 * What became of a person or of a session: the records of the audit that concern them, the latest first, and where
 * their sessions stand now. People see their own; those of others are for whoever may read the audit and see people's
 * sessions.
 */
@Singleton
@Transactional
class Timelines {
    private final Audit audit;
    private final Sessions sessions;
    private final SignIns signIns;
    private final Admission admission;
    private final DeadlineEnforcement deadlines;
    private final Users users;
    private final Applications applications;
    private final CurrentSession current;

    @Inject
    Timelines(
            Audit audit,
            Sessions sessions,
            SignIns signIns,
            Admission admission,
            DeadlineEnforcement deadlines,
            Users users,
            Applications applications,
            CurrentSession current) {
        this.audit = audit;
        this.sessions = sessions;
        this.signIns = signIns;
        this.admission = admission;
        this.deadlines = deadlines;
        this.users = users;
        this.applications = applications;
        this.current = current;
    }

    /**
     * The timeline of a user.
     *
     * @throws ApiException 403 where it is not the caller's own and the caller may not see others', 404 where there is
     *     no such user in the caller's organization
     */
    UserTimeline ofUser(Caller caller, UUID userId, Page.Request page) {
        requireSight(caller, userId);
        User user = users.findEvenDeleted(caller.organizationId(), userId).orElseThrow(ApiException::notFound);
        AuditFilter filter = new AuditFilter(Map.of("concernedUserId", userId), null, null, null);
        Names names = new Names(caller.organizationId());
        return new UserTimeline(
                new TimelineEntry.Named(userId.toString(), user.name()),
                statuses(sessions.liveOfUser(userId), names),
                Page.of(
                        entries(caller, filter, page, names),
                        page,
                        audit.count(caller.organizationId(), filter),
                        UserTimelineResource.path(userId)));
    }

    /**
     * The timeline of a session, live or ended.
     *
     * @throws ApiException 403 or 404 as for a user; a session that has been forgotten is not found
     */
    SessionTimeline ofSession(Caller caller, UUID sessionId, Page.Request page) {
        Session session = sessions.find(sessionId)
                .filter(found -> found.organizationId().equals(caller.organizationId()))
                .orElse(null);
        UUID userId = session == null ? null : session.userId();
        requireSight(caller, userId);
        if (session == null) {
            throw ApiException.notFound();
        }
        AuditFilter filter = new AuditFilter(Map.of("concernedSessionId", sessionId), null, null, null);
        Names names = new Names(caller.organizationId());
        return new SessionTimeline(
                userId == null ? null : names.user(userId.toString()),
                statuses(List.of(session), names).get(0),
                Page.of(
                        entries(caller, filter, page, names),
                        page,
                        audit.count(caller.organizationId(), filter),
                        SessionTimelineResource.path(sessionId)));
    }

    /** An application that may only know who somebody is does not learn where they have been. */
    private void requireSight(Caller caller, @Nullable UUID userId) {
        if (userId == null || caller.userId().filter(userId::equals).isEmpty()) {
            caller.require(Permission.AUDITS_AUDIT_VIEW);
            caller.require(Permission.DIRECTORY_USER_VIEW);
        } else if (!PermissionScopes.reaches(current.get().principal().scope(), Permission.DIRECTORY_USER_VIEW)) {
            throw ApiException.insufficientScope(Permission.DIRECTORY_USER_VIEW.wireName());
        }
    }

    private List<TimelineEntry> entries(Caller caller, AuditFilter filter, Page.Request page, Names names) {
        List<AuditRecord> records = audit.find(caller.organizationId(), filter, SortOrder.DESC, page);
        names.learnUsers(records.stream()
                .filter(Timelines::isByUser)
                .map(AuditRecord::actorId)
                .filter(Objects::nonNull)
                .toList());
        boolean seesOthers = caller.permissions().contains(Permission.AUDITS_AUDIT_VIEW.wireName());
        return records.stream().map(kept -> entry(kept, seesOthers, names)).toList();
    }

    private static TimelineEntry entry(AuditRecord kept, boolean seesOthers, Names names) {
        UUID sessionId = kept.concernedSessionId();
        String applicationId = kept.concernedApplicationId();
        boolean ofSession = kept.entityType().equals("session") && kept.action().startsWith("session.");
        String proof = kept.afterValue();
        TimelineEntry.By by = by(kept, seesOthers, names);
        return new TimelineEntry(
                kept.id(),
                kept.recordedAt(),
                kept.action(),
                sessionId,
                applicationId == null ? null : names.application(applicationId),
                by,
                seesOthers || by.self() || by.type().equals("unknown") ? kept.remoteAddress() : null,
                kept.reason(),
                ofSession && proof != null ? SessionProof.ofJson(proof) : null);
    }

    /** Who did it; that another user did is for everybody to know, who that was is not. */
    private static TimelineEntry.By by(AuditRecord kept, boolean seesOthers, Names names) {
        String actorId = kept.actorId();
        UUID concerned = kept.concernedUserId();
        boolean self =
                isByUser(kept) && concerned != null && concerned.toString().equals(actorId);
        if (actorId == null || !(seesOthers || self)) {
            return new TimelineEntry.By(kept.actorType(), null, null, self);
        }
        String name = isByUser(kept)
                ? names.user(actorId).name()
                : names.application(actorId).name();
        return new TimelineEntry.By(kept.actorType(), actorId, name, self);
    }

    private static boolean isByUser(AuditRecord kept) {
        return kept.actorType().equals("user");
    }

    private List<LiveStatus> statuses(List<Session> shown, Names names) {
        Map<UUID, SignIn> browsers = signIns.byId(shown.stream()
                .map(Session::signInId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        return shown.stream()
                .map(session ->
                        status(session, Optional.ofNullable(session.signInId()).map(browsers::get), names))
                .toList();
    }

    private LiveStatus status(Session session, Optional<SignIn> browser, Names names) {
        LiveStatus status = LiveStatus.of(
                session,
                names.application(session.applicationId()),
                browser.map(SignIn::address).orElse(null),
                browser.map(SignIn::browser).orElse(null),
                sessions.lastActivity(session));
        return session.state() == SessionState.ENDED
                ? status
                : admission
                        .find(session.id())
                        .map(live -> status.governed(live, deadlines.atTheDeadline(live)))
                        .orElse(status);
    }

    /** What people call users and applications of an organization, each looked up once. */
    private final class Names {
        private final UUID organizationId;
        private final Map<String, String> ofUsers = new HashMap<>();
        private final Map<String, TimelineEntry.Named> ofApplications = new HashMap<>();

        Names(UUID organizationId) {
            this.organizationId = organizationId;
        }

        void learnUsers(List<String> ids) {
            List<UUID> unknown = ids.stream()
                    .distinct()
                    .filter(id -> !ofUsers.containsKey(id))
                    .map(UUID::fromString)
                    .toList();
            users.byId(organizationId, unknown).forEach((id, user) -> ofUsers.put(id.toString(), user.name()));
        }

        TimelineEntry.Named user(String id) {
            learnUsers(List.of(id));
            return new TimelineEntry.Named(id, ofUsers.getOrDefault(id, id));
        }

        TimelineEntry.Named application(String id) {
            return ofApplications.computeIfAbsent(
                    id,
                    unknown -> new TimelineEntry.Named(
                            unknown,
                            applications
                                    .find(organizationId, unknown)
                                    .map(Application::name)
                                    .orElse(unknown)));
        }
    }

    /**
     * The timeline of a user, on the wire.
     *
     * @param user the user
     * @param live where the user's sessions stand that have not ended
     * @param timeline what happened, the latest first
     */
    public record UserTimeline(TimelineEntry.Named user, List<LiveStatus> live, Page<TimelineEntry> timeline) {}

    /**
     * The timeline of a session, on the wire.
     *
     * @param user whose session it is; left out of an application's own
     * @param session where it stands
     * @param timeline what happened, the latest first
     */
    public record SessionTimeline(
            TimelineEntry.@Nullable Named user, LiveStatus session, Page<TimelineEntry> timeline) {}
}

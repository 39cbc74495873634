package org.lapse.insight.oversight;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.rules.timeout.TimeoutLimit;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.EffectivePolicy;
import org.lapse.sessions.session.OverruledBody;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/** Live sessions as an administrator reads them: with the names and moments that the database knows. */
@Singleton
@Transactional
class SessionBodies {
    private final Sessions sessions;
    private final Users users;
    private final Applications applications;
    private final DeadlineEnforcement deadlines;
    private final CurrentSession current;
    private final WallClock clock;

    @Inject
    SessionBodies(
            Sessions sessions,
            Users users,
            Applications applications,
            DeadlineEnforcement deadlines,
            CurrentSession current,
            WallClock clock) {
        this.sessions = sessions;
        this.users = users;
        this.applications = applications;
        this.deadlines = deadlines;
        this.current = current;
        this.clock = clock;
    }

    /** Those sessions of the caller's organization, in that order. */
    List<LiveSessionBody> of(Caller caller, List<SeenSession> shown) {
        Map<UUID, User> people = users.byId(
                caller.organizationId(),
                shown.stream()
                        .map(seen -> seen.session().principal().userId())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
        Map<String, String> names = namesOfApplications(
                caller.organizationId(),
                shown.stream().map(SeenSession::applicationId).distinct().toList());
        Map<UUID, Session> rows =
                sessions.byId(shown.stream().map(seen -> seen.session().id()).toList());
        Instant now = clock.now();
        return shown.stream().map(seen -> body(seen, people, names, rows, now)).toList();
    }

    private LiveSessionBody body(
            SeenSession seen, Map<UUID, User> people, Map<String, String> names, Map<UUID, Session> rows, Instant now) {
        SessionPrincipal grant = seen.session().principal();
        UUID id = seen.session().id();
        TimeoutDecision decision = EffectivePolicy.of(seen.session()).decision();
        Optional<Session> row = Optional.ofNullable(rows.get(id));
        String applicationId = grant.applicationId();
        return new LiveSessionBody(
                id,
                holder(grant, people),
                new LiveSessionBody.Holder(
                        applicationId,
                        names.getOrDefault(applicationId, applicationId),
                        null,
                        "/api/v2/applications/" + applicationId),
                seen.state().wireName(),
                current.get().id().equals(id),
                row.map(Session::openedAt).orElse(null),
                seen.lastActivity(),
                row.map(known -> sessions.lastActivity(known).by()).orElse(null),
                seen.deadline(),
                LiveSessionBody.secondsUntil(seen.deadline(), now),
                seen.session().expiresAt(),
                row.map(Session::lockedAt).orElse(null),
                seen.session().heldUntil().filter(now::isBefore).orElse(null),
                deadlines.atTheDeadline(seen.session()).optionValue(),
                decision.timeout()
                        .map(InactivityTimeout::duration)
                        .map(Duration::toSeconds)
                        .orElse(null),
                decision.rule().wireName(),
                decision.limit().flatMap(TimeoutLimit::bundlePriority).orElse(null),
                decision.limit().flatMap(TimeoutLimit::bundleName).orElse(null),
                decision.limit().flatMap(TimeoutLimit::option).orElse(null),
                decision.reason(),
                OverruledBody.of(decision),
                SessionsResource.PATH + "/" + id);
    }

    private static LiveSessionBody.@Nullable Holder holder(SessionPrincipal grant, Map<UUID, User> people) {
        UUID userId = grant.userId();
        if (userId == null) {
            return null;
        }
        User user = people.get(userId);
        return new LiveSessionBody.Holder(
                userId.toString(), user == null ? grant.name() : user.name(), grant.name(), "/api/v2/users/" + userId);
    }

    /** What people call the applications of these ids in an organization; those that are gone are left out. */
    Map<String, String> namesOfApplications(UUID organizationId, Collection<String> applicationIds) {
        Map<String, String> names = new HashMap<>();
        for (String id : applicationIds) {
            applications.find(organizationId, id).map(Application::name).ifPresent(name -> names.put(id, name));
        }
        return names;
    }

    /** Those of these ids that are ids of sessions of an organization. */
    List<UUID> ofOrganization(UUID organizationId, Collection<UUID> sessionIds) {
        return sessions.byId(sessionIds).values().stream()
                .filter(session -> session.organizationId().equals(organizationId))
                .map(Session::id)
                .toList();
    }
}

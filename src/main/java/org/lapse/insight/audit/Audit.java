package org.lapse.insight.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignInEvent;
import org.lapse.insight.delivery.ReceiverFailing;
import org.lapse.organizations.authenticator.AuthenticatorEvent;
import org.lapse.organizations.directory.PasswordGuessesUsedUp;
import org.lapse.organizations.directory.PasswordLinkEvent;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.RemoteAddress;
import org.lapse.platform.api.SortOrder;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.retention.Retention;
import org.lapse.rules.timeout.TimeoutDecision;
import org.lapse.sessions.openwork.HoldBody;
import org.lapse.sessions.openwork.HoldEvent;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.InactivityTimeouts;
import org.lapse.sessions.session.LastActivity;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.Sessions;

/** The records of all organizations. */
@Singleton
@Transactional
class Audit {
    private final EntityManager entities;
    private final AuditRows rows;
    private final Sessions sessions;
    private final InactivityTimeouts timeouts;
    private final RemoteAddress remoteAddress;
    private final CurrentSession current;
    private final WallClock clock;

    @Produces
    static Retention retention(@ConfigProperty(name = "lapse.audit.kept", defaultValue = "P365D") Duration kept) {
        return Retention.of("records of the audit", AuditRecord.class, "e.recordedAt", kept);
    }

    @Inject
    Audit(
            EntityManager entities,
            AuditRows rows,
            Sessions sessions,
            InactivityTimeouts timeouts,
            RemoteAddress remoteAddress,
            CurrentSession current,
            WallClock clock) {
        this.entities = entities;
        this.rows = rows;
        this.sessions = sessions;
        this.timeouts = timeouts;
        this.remoteAddress = remoteAddress;
        this.current = current;
        this.clock = clock;
    }

    void keep(@Observes Administered change) {
        rows.insert(List.of(
                AuditRecord.of(change, remoteAddress(), json(change.before()), json(change.after()), clock.now())));
    }

    void keep(@Observes SessionEvents happened) {
        Optional<Caller> caller = caller();
        String remoteAddress = remoteAddress();
        rows.insert(happened.events().stream()
                .map(event -> AuditRecord.of(event, Actor.of(event, caller), remoteAddress, json(proofOf(event))))
                .toList());
    }

    void keep(@Observes HoldEvent event) {
        UUID session = event.hold().sessionId();
        SessionEvent.Subject ofSession = session == null
                ? null
                : sessions.find(session).map(SessionEvent.Subject::of).orElse(null);
        rows.insert(List.of(AuditRecord.of(event, ofSession, remoteAddress(), json(HoldBody.of(event.hold())))));
    }

    void keep(@Observes ReceiverFailing event) {
        String error = event.error();
        rows.insert(List.of(AuditRecord.of(event, error == null ? null : json(Map.of("error", error)))));
    }

    void keep(@Observes AuthenticatorEvent event) {
        String name = event.name();
        rows.insert(List.of(AuditRecord.of(event, remoteAddress(), name == null ? null : json(Map.of("name", name)))));
    }

    void keep(@Observes PasswordLinkEvent event) {
        rows.insert(List.of(AuditRecord.of(event, remoteAddress())));
    }

    void keep(@Observes SignInEvent event) {
        rows.insert(List.of(AuditRecord.of(event, remoteAddress())));
    }

    void keep(@Observes PasswordGuessesUsedUp event) {
        rows.insert(List.of(AuditRecord.of(event, remoteAddress())));
    }

    private @Nullable String remoteAddress() {
        return ofRequest(remoteAddress::find).orElse(null);
    }

    private Optional<Caller> caller() {
        return ofRequest(current::find).map(session -> session.principal().caller(""));
    }

    /** What is known of the present request; nothing at a server's start or stop, when there is none. */
    private static <T> Optional<T> ofRequest(Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }

    private @Nullable SessionProof proofOf(SessionEvent event) {
        if (event instanceof SessionEvent.SessionLocked locked) {
            return proofOf(locked.session(), locked.lapse(), locked.lastActivity(), true);
        }
        if (event instanceof SessionEvent.SessionEnded ended) {
            return proofOf(
                    ended.session(),
                    ended.lapse(),
                    ended.lastActivity(),
                    ended.reason().isLapse());
        }
        return null;
    }

    private @Nullable SessionProof proofOf(
            SessionEvent.Subject session,
            SessionEvent.@Nullable Lapse lapse,
            @Nullable LastActivity last,
            boolean byInactivity) {
        if (lapse == null) {
            return last == null ? null : SessionProof.of(last);
        }
        return byInactivity
                ? SessionProof.of(lapse, last, decisionBehind(session, lapse))
                : SessionProof.of(lapse, last);
    }

    private TimeoutDecision decisionBehind(SessionEvent.Subject session, SessionEvent.Lapse lapse) {
        return timeouts.decisionFor(session.organizationId(), session.applicationId(), lapse.userGroups());
    }

    /** The record of that id, if it is one of that organization. */
    Optional<AuditRecord> find(UUID organizationId, UUID auditId) {
        return Optional.ofNullable(entities.find(AuditRecord.class, auditId))
                .filter(found -> found.organizationId().equals(organizationId));
    }

    /** A page of an organization's records that match, in the order of time. */
    List<AuditRecord> find(UUID organizationId, AuditFilter filter, SortOrder order, Page.Request page) {
        return matching(
                        "select a from AuditRecord a",
                        AuditRecord.class,
                        organizationId,
                        filter,
                        " order by a.recordedAt " + order + ", a.id " + order)
                .setFirstResult(page.first())
                .setMaxResults(page.size())
                .getResultList();
    }

    /** How many of an organization's records match. */
    long count(UUID organizationId, AuditFilter filter) {
        return matching("select count(a) from AuditRecord a", Long.class, organizationId, filter, "")
                .getSingleResult();
    }

    /**
     * How many of an organization's records match in each interval of that length from a moment on; none are left out.
     */
    Map<Long, Long> countByInterval(UUID organizationId, AuditFilter filter, Instant from, Duration interval) {
        // Numbers of ours, and not parameters: in the grouping they would be others than in the selection.
        String place = "cast(floor((extract(epoch from a.recordedAt) - " + from.getEpochSecond() + ") / "
                + interval.toSeconds() + ") as Long)";
        return matching(
                        "select " + place + ", count(a) from AuditRecord a",
                        Object[].class,
                        organizationId,
                        filter,
                        " group by " + place)
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> (Long) row[1]));
    }

    private <R> TypedQuery<R> matching(
            String select, Class<R> type, UUID organizationId, AuditFilter filter, String order) {
        TypedQuery<R> query = entities.createQuery(
                        select + " where a.organizationId = :organization" + filter.conditions() + order, type)
                .setParameter("organization", organizationId);
        filter.parameters().forEach(query::setParameter);
        return query;
    }

    private static @Nullable String json(@Nullable Object value) {
        try {
            return value == null ? null : StrictJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The thing that was changed has no JSON", e);
        }
    }
}

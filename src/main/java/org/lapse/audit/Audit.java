package org.lapse.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Administered;
import org.lapse.api.StrictJson;
import org.lapse.clock.WallClock;
import org.lapse.openwork.HoldBody;
import org.lapse.openwork.HoldEvent;
import org.lapse.session.EndReason;
import org.lapse.session.InactivityTimeouts;
import org.lapse.session.SessionEvent;
import org.lapse.timeout.TimeoutDecision;

/** The records of all organizations. */
@Singleton
@Transactional
class Audit {
    private final EntityManager entities;
    private final InactivityTimeouts timeouts;
    private final WallClock clock;

    @Inject
    Audit(EntityManager entities, InactivityTimeouts timeouts, WallClock clock) {
        this.entities = entities;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    void keep(@Observes Administered change) {
        entities.persist(AuditRecord.of(change, json(change.before()), json(change.after()), clock.now()));
    }

    void keep(@Observes SessionEvent event) {
        entities.persist(AuditRecord.of(event, json(proofOf(event))));
    }

    void keep(@Observes HoldEvent event) {
        entities.persist(AuditRecord.of(event, json(HoldBody.of(event.hold()))));
    }

    private @Nullable LapseProof proofOf(SessionEvent event) {
        if (event instanceof SessionEvent.SessionLocked locked) {
            return LapseProof.of(locked.lapse(), decisionBehind(locked.session(), locked.lapse()));
        }
        if (event instanceof SessionEvent.SessionEnded ended && ended.lapse() != null) {
            SessionEvent.Lapse lapse = ended.lapse();
            return ended.reason() == EndReason.INACTIVITY
                    ? LapseProof.of(lapse, decisionBehind(ended.session(), lapse))
                    : LapseProof.of(lapse);
        }
        return null;
    }

    private TimeoutDecision decisionBehind(SessionEvent.Subject session, SessionEvent.Lapse lapse) {
        return timeouts.decisionFor(session.organizationId(), session.applicationId(), lapse.userGroups());
    }

    /** A page of an organization's records that match, the latest first. */
    List<AuditRecord> find(UUID organizationId, AuditFilter filter, int first, int count) {
        return matching(
                        "select a from AuditRecord a",
                        AuditRecord.class,
                        organizationId,
                        filter,
                        " order by a.recordedAt desc, a.id")
                .setFirstResult(first)
                .setMaxResults(count)
                .getResultList();
    }

    /** How many of an organization's records match. */
    long count(UUID organizationId, AuditFilter filter) {
        return matching("select count(a) from AuditRecord a", Long.class, organizationId, filter, "")
                .getSingleResult();
    }

    private <R> TypedQuery<R> matching(
            String select, Class<R> type, UUID organizationId, AuditFilter filter, String order) {
        Map<String, String> wanted = filter.wanted();
        String conditions = wanted.keySet().stream()
                .map(field -> " and a." + field + " = :" + field)
                .collect(Collectors.joining());
        TypedQuery<R> query = entities.createQuery(
                        select + " where a.organizationId = :organization" + conditions + order, type)
                .setParameter("organization", organizationId);
        wanted.forEach(query::setParameter);
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

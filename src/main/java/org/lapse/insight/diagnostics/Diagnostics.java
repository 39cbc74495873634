package org.lapse.insight.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.platform.retention.Retention;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.SessionPrincipal;

/** What the clients of all organizations have told lately. */
@Singleton
@Transactional
class Diagnostics {
    private static final String ENTRIES = " sends at most %d entries";
    private static final int LONGEST = 16_384;
    private static final int MOST_PER_MINUTE = 60;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final EntityManager entities;
    private final Limits limits;

    @Produces
    static Retention retention(@ConfigProperty(name = "lapse.diagnostics.kept", defaultValue = "P7D") Duration kept) {
        return Retention.of("logs that clients sent", DiagnosticEntry.class, "e.recordedAt", kept);
    }

    @Inject
    Diagnostics(EntityManager entities, Limits limits) {
        this.entities = entities;
        this.limits = limits;
    }

    /**
     * Keeps what a client tells, without the tokens in it.
     *
     * @throws ApiException 400 where it is longer than 16384 characters, 429 where the session has told 60 things
     *     within the last minute, or the user or the application as many as are permitted in a day
     */
    void keep(LiveSession<SessionPrincipal> session, DiagnosticKind kind, Map<String, Object> told, Instant now) {
        String content = json(told);
        if (content.length() > LONGEST) {
            throw ApiException.badRequest("An entry has at most " + LONGEST + " characters.");
        }
        count(session.principal(), now); // locks too, so that two who tell at once are counted one after the other
        long lately = entities.createQuery(
                        "select count(e) from DiagnosticEntry e where e.sessionId = :session and e.recordedAt > :since",
                        Long.class)
                .setParameter("session", session.id())
                .setParameter("since", now.minus(MINUTE))
                .getSingleResult();
        if (lately >= MOST_PER_MINUTE) {
            throw ApiException.tooManyRequests(
                    "A session tells at most " + MOST_PER_MINUTE + " entries a minute.", MINUTE.toSeconds());
        }
        entities.persist(new DiagnosticEntry(session, kind, json(Redaction.of(told)), now));
    }

    private void count(SessionPrincipal principal, Instant now) {
        UUID userId = principal.userId();
        if (userId == null) {
            limits.use(
                    Limited.DIAGNOSTICS_OF_USER, principal.applicationId(), "An application on its own" + ENTRIES, now);
        } else {
            limits.use(Limited.DIAGNOSTICS_OF_USER, userId.toString(), "A user" + ENTRIES, now);
            limits.use(Limited.DIAGNOSTICS_OF_CLIENT, principal.applicationId(), "An application" + ENTRIES, now);
        }
    }

    private static String json(Map<String, Object> told) {
        try {
            return StrictJson.mapper().writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON can be written as JSON", e);
        }
    }

    /** A page of what an organization's clients told, the latest first. */
    List<DiagnosticEntry> find(UUID organizationId, DiagnosticKind kind, int first, int count) {
        return entities.createQuery(
                        "select e from DiagnosticEntry e where e.organizationId = :organization and e.kind = :kind"
                                + " order by e.recordedAt desc, e.id",
                        DiagnosticEntry.class)
                .setParameter("organization", organizationId)
                .setParameter("kind", kind)
                .setFirstResult(first)
                .setMaxResults(count)
                .getResultList();
    }

    long count(UUID organizationId, DiagnosticKind kind) {
        return entities.createQuery(
                        "select count(e) from DiagnosticEntry e where e.organizationId = :organization and e.kind = :kind",
                        Long.class)
                .setParameter("organization", organizationId)
                .setParameter("kind", kind)
                .getSingleResult();
    }
}

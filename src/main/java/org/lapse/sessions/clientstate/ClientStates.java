package org.lapse.sessions.clientstate;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.UserDisabled;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.SessionState;

/** The documents of all clients, each kept for {@code lapse.state.kept} after it was written last. */
@Singleton
@Transactional
class ClientStates {
    private final EntityManager entities;
    private final Limits limits;
    private final Duration kept;

    @Inject
    ClientStates(EntityManager entities, Limits limits, ClientStateRetention retention) {
        this.entities = entities;
        this.limits = limits;
        this.kept = retention.kept();
    }

    /** The document that the caller's application stored for the caller. */
    Optional<Document> find(Caller caller, Instant now) {
        return Optional.ofNullable(entities.find(ClientState.class, holderOf(caller)))
                .filter(state -> !state.isExpired(kept, now))
                .map(ClientState::document);
    }

    /**
     * Stores a document in the place of the one before.
     *
     * @throws ApiException 412 where the condition is not met, 429 where applications store as many for the caller as are
     *     permitted
     */
    void write(Caller caller, Document document, WriteCondition condition, Instant now) {
        Holder holder = holderOf(caller);
        admit(holder, now);
        boolean isNew = insert(holder, caller, document, now);
        ClientState state = lock(holder).orElseThrow();
        check(condition, isNew || state.isExpired(kept, now) ? null : state);
        state.write(document, now);
    }

    /**
     * Deletes the document.
     *
     * @throws ApiException 404 where there is none, 412 where the condition is not met
     */
    void delete(Caller caller, WriteCondition condition, Instant now) {
        ClientState state = lock(holderOf(caller))
                .filter(found -> !found.isExpired(kept, now))
                .orElseThrow(ApiException::notFound);
        check(condition, state);
        entities.remove(state);
    }

    private Optional<ClientState> lock(Holder holder) {
        return RowLocks.find(entities, ClientState.class, holder, LockModeType.PESSIMISTIC_WRITE);
    }

    private static void check(WriteCondition condition, @Nullable ClientState present) {
        Optional<String> entityTag =
                Optional.ofNullable(present).map(state -> state.document().entityTag());
        if (!condition.isMetBy(entityTag)) {
            throw ApiException.preconditionFailed();
        }
    }

    /** Counts before one more is stored, and lets nobody else store one for the same meanwhile. */
    private void admit(Holder holder, Instant now) {
        if (entities.createQuery("select s.writtenAt from ClientState s where s.holder = :holder", Instant.class)
                .setParameter("holder", holder)
                .getResultStream()
                .findAny()
                .isPresent()) {
            return;
        }
        limits.lock(Limited.CLIENT_STATES, holder.subject(), now);
        int most = limits.most(Limited.CLIENT_STATES);
        long others = entities.createQuery(
                        "select count(s) from ClientState s where s.holder.subject = :subject"
                                + " and s.holder.applicationId <> :application",
                        Long.class)
                .setParameter("subject", holder.subject())
                .setParameter("application", holder.applicationId())
                .getSingleResult();
        if (others >= most) {
            throw limits.refusal(
                    Limited.CLIENT_STATES, "There are " + most + " documents of the user already.", Optional.empty());
        }
    }

    /** Of two that store the first document at once one inserts it, and the other waits and finds it there. */
    private boolean insert(Holder holder, Caller caller, Document document, Instant now) {
        return entities.createNativeQuery(
                                "insert into client_state (application_id, subject, organization_id, document, written_at)"
                                        + " values (?1, ?2, ?3, ?4, ?5) on conflict do nothing")
                        .setParameter(1, holder.applicationId())
                        .setParameter(2, holder.subject())
                        .setParameter(3, caller.organizationId())
                        .setParameter(4, document.bytes())
                        .setParameter(5, now)
                        .executeUpdate()
                == 1;
    }

    /**
     * Forgets the document of anybody who is not expected back, unless they still work there in another session. The
     * documents are locked in the order of their holders, so that two who end sessions never wait for each other.
     */
    void forgetAtEnd(@Observes SessionEvents happened) {
        Map<Holder, SessionEvent.Subject> ended = new TreeMap<>(Holder.ORDER);
        happened.of(SessionEvent.SessionEnded.class)
                .filter(one -> !one.reason().keepsClientState())
                .map(SessionEvent.SessionEnded::session)
                .forEach(session -> ended.put(Holder.of(session.applicationId(), session.userId()), session));
        ended.forEach((holder, session) ->
                lock(holder).filter(state -> !hasSession(session)).ifPresent(entities::remove));
    }

    private boolean hasSession(SessionEvent.Subject ended) {
        TypedQuery<Long> query = entities.createQuery(
                        "select count(s) from Session s where s.applicationId = :application and s.state in :live and "
                                + (ended.userId() == null ? "s.userId is null" : "s.userId = :user"),
                        Long.class)
                .setParameter("application", ended.applicationId())
                .setParameter("live", SessionState.LIVE);
        if (ended.userId() != null) {
            query.setParameter("user", ended.userId());
        }
        return query.getSingleResult() > 0;
    }

    void forgetDisabled(@Observes UserDisabled disabled) {
        entities.createQuery("delete from ClientState s where s.holder.subject = :user")
                .setParameter("user", disabled.userId().toString())
                .executeUpdate();
    }

    private static Holder holderOf(Caller caller) {
        return Holder.of(caller.applicationId(), caller.userId().orElse(null));
    }
}

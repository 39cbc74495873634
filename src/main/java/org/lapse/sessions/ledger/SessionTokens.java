package org.lapse.sessions.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The access tokens by which sessions are found: the one that a session has, and for a moment the one that it had
 * before. Any thread may look a token up, and one at a time changes the tokens of a session.
 *
 * @param <T> what the ledger keeps with a session
 */
final class SessionTokens<T> {
    private final TokenTable<T> table = new TokenTable<>();

    /** The former tokens of sessions that have one, by the ids of the sessions. */
    private final Map<UUID, FormerToken<T>> former = new ConcurrentHashMap<>();

    /**
     * The same, in the order in which they came and so in which their time is over; those too that are gone already.
     */
    private final Queue<FormerToken<T>> formerByAge = new ConcurrentLinkedQueue<>();

    /** The session of a token, by its digest. A former token finds it while that is still good. */
    Optional<LiveSession<T>> find(TokenDigest token, Instant now) {
        TokenEntry<T> entry = table.find(token);
        if (entry == null || (entry instanceof FormerToken<T> old && old.isOver(Millis.of(now)))) {
            return Optional.empty();
        }
        return Optional.of(entry.session());
    }

    /**
     * Has a session be found by the token that it carries.
     *
     * @throws IllegalArgumentException if another session has the same token
     */
    void add(LiveSession<T> session) {
        if (!table.add(session)) {
            throw new IllegalArgumentException("Another session has the same token");
        }
    }

    /** Has a session be found by a former token too, while that is good. */
    void addFormer(LiveSession<T> session, CommittedState.Former token, Instant now) {
        FormerToken<T> entry = entry(session, token);
        if (now.isBefore(token.goodUntil()) && table.add(entry)) {
            remember(entry);
        }
    }

    /** Has a session carry the token that its row says, and be found by that. */
    void renew(LiveSession<T> session, CommittedState.Live<T> row, Instant now) {
        if (session.carries(row.token())) {
            return;
        }
        removeFormer(session);
        FormerToken<T> carried = row.formerToken()
                .filter(token -> session.carries(token.token()) && now.isBefore(token.goodUntil()))
                .map(token -> entry(session, token))
                .orElse(null);
        if (carried == null) {
            table.remove(session);
            // The change that gave the former token may not have come.
            row.formerToken().ifPresent(token -> addFormer(session, token, now));
        } else {
            table.replace(session, carried);
            remember(carried);
        }
        session.carry(row.token());
        table.add(session);
    }

    /** Has a session be found no longer. */
    void remove(LiveSession<T> session) {
        removeFormer(session);
        table.remove(session);
    }

    /** Forgets the former tokens whose time is over. */
    void forgetFormer(long now) {
        FormerToken<T> oldest = formerByAge.peek();
        while (oldest != null && oldest.isOver(now)) {
            if (formerByAge.remove(oldest) && former.remove(oldest.session().id(), oldest)) {
                table.remove(oldest);
            }
            oldest = formerByAge.peek();
        }
    }

    private FormerToken<T> entry(LiveSession<T> session, CommittedState.Former token) {
        return new FormerToken<>(token.token(), session, Millis.of(token.goodUntil()));
    }

    private void remember(FormerToken<T> entry) {
        former.put(entry.session().id(), entry);
        formerByAge.add(entry);
    }

    private void removeFormer(LiveSession<T> session) {
        if (!former.isEmpty()) {
            FormerToken<T> entry = former.remove(session.id());
            if (entry != null) {
                table.remove(entry);
            }
        }
    }
}

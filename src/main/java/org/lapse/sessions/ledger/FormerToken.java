package org.lapse.sessions.ledger;

/**
 * The access token that a session had before its current one. It stays good for a moment, for the calls that were under
 * way with it when the next token was given.
 *
 * @param <T> what the ledger keeps with a session
 */
final class FormerToken<T> extends TokenEntry<T> {
    private final LiveSession<T> session;
    private final long goodUntil;

    FormerToken(TokenDigest token, LiveSession<T> session, long goodUntil) {
        super(token);
        this.session = session;
        this.goodUntil = goodUntil;
    }

    @Override
    LiveSession<T> session() {
        return session;
    }

    /** Whether its time is over. */
    boolean isOver(long now) {
        return now >= goodUntil;
    }

    /** When its time is over, in milliseconds since the epoch. */
    long goodUntil() {
        return goodUntil;
    }
}

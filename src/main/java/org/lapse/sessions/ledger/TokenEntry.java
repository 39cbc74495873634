package org.lapse.sessions.ledger;

import org.jspecify.annotations.Nullable;

/**
 * An access token in the {@link TokenTable}, by its digest. A session is the entry of its current token itself, so that
 * the table, which chains its entries through themselves, has one object the less to keep and to look at.
 *
 * <p>The digest changes only while the entry is in no chain. Who reads it meanwhile without the table's lock may see
 * half of each, which is the digest of no token; what counts as not found is looked up again under the lock.
 *
 * @param <T> what the ledger keeps with a session
 */
abstract sealed class TokenEntry<T> extends Link permits LiveSession, FormerToken {
    private long first;
    private long second;
    private long third;
    private long fourth;

    private volatile @Nullable TokenEntry<T> nextInChain;

    TokenEntry(TokenDigest token) {
        carry(token);
    }

    /** The session that the token belongs to. */
    abstract LiveSession<T> session();

    /** Whether that is the token, in constant time. */
    final boolean carries(TokenDigest token) {
        return token.equals(first, second, third, fourth);
    }

    /** Carries another token from now on. */
    final void carry(TokenDigest token) {
        first = token.first();
        second = token.second();
        third = token.third();
        fourth = token.fourth();
    }

    /** The digest of the token. */
    final TokenDigest token() {
        return new TokenDigest(first, second, third, fourth);
    }

    /** The hash of the token's digest. */
    final int hash() {
        return TokenDigest.hash(first);
    }

    /** The one that follows in the chain of the table; null where it is the last. */
    final @Nullable TokenEntry<T> nextInChain() {
        return nextInChain;
    }

    /** Has another one follow in the chain. */
    final void chain(@Nullable TokenEntry<T> next) {
        nextInChain = next;
    }
}

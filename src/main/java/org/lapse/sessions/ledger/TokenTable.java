package org.lapse.sessions.ledger;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions by the digests of their tokens: a hash table that is chained through its entries themselves. Any thread
 * may use it. To find a session takes no lock; to find none takes one that many can hold.
 *
 * <p>Among a million sessions a look-up costs what the memory takes to answer, once for each object that leads to the
 * next. In a {@link java.util.concurrent.ConcurrentHashMap} these are the table, a node, and the key with the value;
 * here a place in the table leads to the session, which is its own node and key. That is one wait less, and 32 bytes
 * less for each session.
 *
 * <p>The digest of a token is as good as random, so any of its bits spread the sessions evenly. The upper ones choose
 * one of several parts, which are locked and grow each on its own; the lower ones choose the chain in it.
 *
 * <p>Who goes along a chain while the part grows may be led into another chain. What is found so is right all the same,
 * because the digest is the one that was asked for. That nothing is found counts only under the lock, where nobody
 * writes meanwhile.
 *
 * @param <T> what the ledger keeps with a session
 */
final class TokenTable<T> {
    private static final int PART_BITS = 6;

    private final List<Part<T>> parts =
            Stream.generate(Part<T>::new).limit(1 << PART_BITS).toList();

    /** The entry of a token; null where there is none. */
    @Nullable
    TokenEntry<T> find(TokenDigest token) {
        return part(token.hashCode()).find(token);
    }

    /** Adds an entry; answers false, and adds nothing, if there is another of the same token. */
    boolean add(TokenEntry<T> entry) {
        return part(entry.hash()).add(entry);
    }

    /** Takes an entry out; answers whether it was there. */
    boolean remove(TokenEntry<T> entry) {
        return part(entry.hash()).remove(entry);
    }

    /** Puts an entry in the place of another one of the same token, so that the token is found all the time. */
    void replace(TokenEntry<T> entry, TokenEntry<T> by) {
        part(entry.hash()).replace(entry, by);
    }

    private Part<T> part(int hash) {
        return parts.get(hash >>> (Integer.SIZE - PART_BITS));
    }

    /**
     * A table of its own for those whose digests begin alike. Grows by doubling; the lock is held by anybody who
     * writes.
     */
    private static final class Part<T> {
        private final StampedLock lock = new StampedLock();
        private volatile AtomicReferenceArray<@Nullable TokenEntry<T>> chains = new AtomicReferenceArray<>(16);
        private int size;

        @Nullable
        TokenEntry<T> find(TokenDigest token) {
            TokenEntry<T> found = search(token);
            return found != null ? found : searchOnceMore(token);
        }

        private @Nullable TokenEntry<T> searchOnceMore(TokenDigest token) {
            long stamp = lock.readLock();
            try {
                return search(token);
            } finally {
                lock.unlockRead(stamp);
            }
        }

        private @Nullable TokenEntry<T> search(TokenDigest token) {
            AtomicReferenceArray<@Nullable TokenEntry<T>> within = chains;
            TokenEntry<T> entry = within.get(place(token.hashCode(), within));
            while (entry != null && !entry.carries(token)) {
                entry = entry.nextInChain();
            }
            return entry;
        }

        boolean add(TokenEntry<T> entry) {
            long stamp = lock.writeLock();
            try {
                if (search(entry.token()) != null) {
                    return false;
                }
                if (size == chains.length() / 2) {
                    grow();
                }
                chain(entry, chains);
                size++;
                return true;
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        boolean remove(TokenEntry<T> entry) {
            long stamp = lock.writeLock();
            try {
                boolean removed = unchain(entry);
                if (removed) {
                    size--;
                }
                return removed;
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        void replace(TokenEntry<T> entry, TokenEntry<T> by) {
            long stamp = lock.writeLock();
            try {
                if (unchain(entry)) {
                    chain(by, chains);
                }
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        @SuppressWarnings("ReferenceEquality") // the very entry
        private boolean unchain(TokenEntry<T> entry) {
            int place = place(entry.hash(), chains);
            TokenEntry<T> before = null;
            TokenEntry<T> one = chains.get(place);
            while (one != null && one != entry) {
                before = one;
                one = one.nextInChain();
            }
            if (one == null) {
                return false;
            }
            if (before == null) {
                chains.set(place, one.nextInChain());
            } else {
                before.chain(one.nextInChain());
            }
            return true;
        }

        private void grow() {
            AtomicReferenceArray<@Nullable TokenEntry<T>> larger = new AtomicReferenceArray<>(chains.length() * 2);
            for (int place = 0; place < chains.length(); place++) {
                TokenEntry<T> entry = chains.get(place);
                while (entry != null) {
                    TokenEntry<T> next = entry.nextInChain();
                    chain(entry, larger);
                    entry = next;
                }
            }
            chains = larger;
        }

        private static <T> void chain(TokenEntry<T> entry, AtomicReferenceArray<@Nullable TokenEntry<T>> chains) {
            int place = place(entry.hash(), chains);
            entry.chain(chains.get(place));
            chains.set(place, entry);
        }

        private static int place(int hash, AtomicReferenceArray<?> chains) {
            return hash & (chains.length() - 1);
        }
    }
}

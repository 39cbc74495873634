package org.lapse.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions by the digests of their tokens: a hash table that is chained through the sessions themselves. Any thread
 * may use it. To find a session takes no lock; to find none takes one that many can hold.
 *
 * <p>Among a million sessions a look-up costs what the memory takes to answer, once for each object that leads to the
 * next. In a {@link java.util.concurrent.ConcurrentHashMap} these are the table, a node, and the key with the value; here
 * a place in the table leads to the session, which is its own node and key. That is one wait less, and 32 bytes less for
 * each session.
 *
 * <p>The digest of a token is as good as random, so any of its bits spread the sessions evenly. The upper ones choose one
 * of several parts, which are locked and grow each on its own; the lower ones choose the chain in it.
 *
 * <p>Who goes along a chain while the part grows may be led into another chain. What is found so is right all the same,
 * because the digest is the one that was asked for. That nothing is found counts only under the lock, where nobody writes
 * meanwhile.
 *
 * @param <T> what the ledger keeps with a session
 */
final class SessionTable<T> {
    private static final int PART_BITS = 6;

    private final List<Part<T>> parts =
            Stream.generate(Part<T>::new).limit(1 << PART_BITS).toList();

    private final LongAdder size = new LongAdder();

    /** The session of a token; null where there is none. */
    @Nullable
    LiveSession<T> find(TokenDigest token) {
        return part(token).find(token);
    }

    /** Adds a session; answers false, and adds nothing, if there is another with the same token. */
    boolean add(LiveSession<T> session) {
        boolean added = part(session).add(session);
        if (added) {
            size.increment();
        }
        return added;
    }

    /** Takes a session out; answers whether it was there. */
    boolean remove(LiveSession<T> session) {
        boolean removed = part(session).remove(session);
        if (removed) {
            size.decrement();
        }
        return removed;
    }

    long size() {
        return size.sum();
    }

    /** Shows every session to a consumer, who may add and remove; one that is added or removed meanwhile, perhaps. */
    void forEach(Consumer<LiveSession<T>> consumer) {
        parts.forEach(part -> part.all().forEach(consumer));
    }

    private Part<T> part(TokenDigest token) {
        return parts.get(token.hashCode() >>> (Integer.SIZE - PART_BITS));
    }

    /** A table of its own for those whose digests begin alike. Grows by doubling; the lock is held by whoever writes. */
    private static final class Part<T> {
        private final StampedLock lock = new StampedLock();
        private volatile AtomicReferenceArray<@Nullable LiveSession<T>> chains = new AtomicReferenceArray<>(16);
        private int size;

        @Nullable
        LiveSession<T> find(TokenDigest token) {
            LiveSession<T> found = search(token);
            return found != null ? found : searchOnceMore(token);
        }

        private @Nullable LiveSession<T> searchOnceMore(TokenDigest token) {
            long stamp = lock.readLock();
            try {
                return search(token);
            } finally {
                lock.unlockRead(stamp);
            }
        }

        private @Nullable LiveSession<T> search(TokenDigest token) {
            AtomicReferenceArray<@Nullable LiveSession<T>> within = chains;
            LiveSession<T> session = within.get(place(token, within));
            while (session != null && !session.equals(token)) {
                session = session.nextInChain();
            }
            return session;
        }

        boolean add(LiveSession<T> session) {
            long stamp = lock.writeLock();
            try {
                if (search(session) != null) {
                    return false;
                }
                if (size == chains.length() / 2) {
                    grow();
                }
                chain(session, chains);
                size++;
                return true;
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        boolean remove(LiveSession<T> session) {
            long stamp = lock.writeLock();
            try {
                int place = place(session, chains);
                LiveSession<T> before = null;
                LiveSession<T> one = chains.get(place);
                while (one != null && !one.equals(session)) {
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
                size--;
                return true;
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        List<LiveSession<T>> all() {
            long stamp = lock.readLock();
            try {
                List<LiveSession<T>> all = new ArrayList<>(size);
                forEach(all::add);
                return all;
            } finally {
                lock.unlockRead(stamp);
            }
        }

        private void grow() {
            AtomicReferenceArray<@Nullable LiveSession<T>> larger = new AtomicReferenceArray<>(chains.length() * 2);
            forEach(session -> chain(session, larger));
            chains = larger;
        }

        private void forEach(Consumer<LiveSession<T>> consumer) {
            for (int place = 0; place < chains.length(); place++) {
                LiveSession<T> session = chains.get(place);
                while (session != null) {
                    LiveSession<T> next = session.nextInChain();
                    consumer.accept(session);
                    session = next;
                }
            }
        }

        private static <T> void chain(LiveSession<T> session, AtomicReferenceArray<@Nullable LiveSession<T>> chains) {
            int place = place(session, chains);
            session.chain(chains.get(place));
            chains.set(place, session);
        }

        private static int place(TokenDigest token, AtomicReferenceArray<?> chains) {
            return token.hashCode() & (chains.length() - 1);
        }
    }
}

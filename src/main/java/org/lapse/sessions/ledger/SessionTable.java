package org.lapse.sessions.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions by their ids, each of them once: a hash table that is chained through the sessions themselves. It is in
 * parts, and anybody who changes what the ledger knows of a session does so inside the session's part, one after the
 * other.
 *
 * @param <T> what the ledger keeps with a session
 */
final class SessionTable<T> {
    private static final int PART_BITS = 6;
    private static final int PARTS = 1 << PART_BITS;

    private final List<Part<T>> parts =
            Stream.generate(Part<T>::new).limit(PARTS).toList();
    private final LongAdder size = new LongAdder();

    /** The session of that id; null where there is none. */
    @Nullable
    LiveSession<T> find(UUID id) {
        return inPartOf(id, part -> part.find(id));
    }

    /** Does something with the part of a session, while nobody else does anything with it. */
    <R> R inPartOf(UUID id, Function<Part<T>, R> work) {
        Part<T> part = parts.get(hash(id) & (PARTS - 1));
        synchronized (part) {
            int before = part.size;
            R result = work.apply(part);
            size.add(part.size - before);
            return result;
        }
    }

    /** The same, where the work has no answer. */
    void runInPartOf(UUID id, Consumer<Part<T>> work) {
        inPartOf(id, part -> {
            work.accept(part);
            return part;
        });
    }

    long size() {
        return size.sum();
    }

    /** Shows every session to a consumer, who may add and remove; one that is added or removed meanwhile, perhaps. */
    void forEach(Consumer<LiveSession<T>> consumer) {
        for (Part<T> part : parts) {
            List<LiveSession<T>> all;
            synchronized (part) {
                all = part.all();
            }
            all.forEach(consumer);
        }
    }

    private static int hash(UUID id) {
        int hash = id.hashCode();
        return hash ^ hash >>> 16;
    }

    /** A table of its own for some of the sessions. Guarded by its monitor. */
    static final class Part<T> {
        private @Nullable LiveSession<T>[] chains = table(4);
        private int size;

        /** The session of that id; null where there is none. */
        @Nullable
        LiveSession<T> find(UUID id) {
            LiveSession<T> session = chains[place(id, chains.length)];
            while (session != null && !session.hasId(id)) {
                session = session.nextById();
            }
            return session;
        }

        /** Adds a session whose id none of them has. */
        void add(LiveSession<T> session) {
            if (size == 2 * chains.length) {
                grow();
            }
            chain(session, chains);
            size++;
        }

        /** Takes a session out; does nothing if it is not there. */
        @SuppressWarnings("ReferenceEquality") // the very session
        void remove(LiveSession<T> session) {
            int place = place(session.id(), chains.length);
            LiveSession<T> before = null;
            LiveSession<T> one = chains[place];
            while (one != null && one != session) {
                before = one;
                one = one.nextById();
            }
            if (one == null) {
                return;
            }
            if (before == null) {
                chains[place] = one.nextById();
            } else {
                before.chainById(one.nextById());
            }
            size--;
        }

        private List<LiveSession<T>> all() {
            List<LiveSession<T>> all = new ArrayList<>(size);
            for (LiveSession<T> first : chains) {
                for (LiveSession<T> one = first; one != null; one = one.nextById()) {
                    all.add(one);
                }
            }
            return all;
        }

        private void grow() {
            @Nullable LiveSession<T>[] larger = table(chains.length * 2);
            all().forEach(session -> chain(session, larger));
            chains = larger;
        }

        private static <T> void chain(LiveSession<T> session, @Nullable LiveSession<T>[] chains) {
            int place = place(session.id(), chains.length);
            session.chainById(chains[place]);
            chains[place] = session;
        }

        private static int place(UUID id, int length) {
            return hash(id) >>> PART_BITS & (length - 1);
        }

        @SuppressWarnings("unchecked") // an empty array has no elements of another type
        private static <T> @Nullable LiveSession<T>[] table(int length) {
            return (LiveSession<T>[]) new LiveSession<?>[length];
        }
    }
}

package org.lapse.platform.cache;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was computed from rows of the database, by key. What is known is answered without asking the database; what is
 * unknown is read without a lock, so several threads may read it at once.
 *
 * <p>Reads and commits may be told in any order: the version decides. A read that a commit has overtaken is thrown away
 * when it arrives, and its caller gets the newer value. This needs every change to give its row a greater version,
 * which no other change has, and to be told by {@link #committed} once its transaction has succeeded.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class VersionedCache<K, V> {
    private final Function<? super K, Optional<Versioned<V>>> database;
    private final Map<K, Current<V>> byKey = new ConcurrentHashMap<>();

    /**
     * A cache that knows nothing yet.
     *
     * @param database reads the value of a key; empty where there is none, which is not remembered
     */
    public VersionedCache(Function<? super K, Optional<Versioned<V>>> database) {
        this.database = database;
    }

    /** The value of a key, which follows every later change; empty where the database has none. */
    public Optional<Current<V>> find(K key) {
        Current<V> known = byKey.get(key);
        if (known != null && !known.isInDoubt()) {
            return Optional.of(known);
        }
        return database.apply(key).map(read -> read(key, read));
    }

    /**
     * The value of a key that the database has, which follows every later change.
     *
     * @throws IllegalStateException if the database has none
     */
    public Current<V> get(K key) {
        return find(key).orElseThrow(() -> new IllegalStateException("The database knows nothing of " + key));
    }

    /** The value of a key, if it is known without asking the database. */
    public Optional<Versioned<V>> known(K key) {
        return Optional.ofNullable(byKey.get(key))
                .filter(known -> !known.isInDoubt())
                .map(Current::versioned);
    }

    /** Takes over what was read; answers the newest that is known then. */
    Current<V> read(K key, Versioned<V> read) {
        Current<V> current = of(key, read);
        current.read(read);
        return current;
    }

    /** A transaction that changed a key has succeeded; this is its value from now on, unless a newer one is known. */
    public void committed(K key, Versioned<V> change) {
        of(key, change).committed(change);
    }

    /** The transaction of a change has failed: what was read inside of it must not stay. */
    public void rolledBack(K key, long version) {
        Current<V> known = byKey.get(key);
        if (known != null) {
            known.doubt(version);
        }
    }

    private Current<V> of(K key, Versioned<V> first) {
        return byKey.computeIfAbsent(key, unknown -> new Current<>(first));
    }
}

package org.lapse.cache;

import org.jspecify.annotations.Nullable;

/**
 * The newest value that is known for one key. There is one such object for each key: whoever keeps it sees every change,
 * and asks neither the database nor a map.
 *
 * @param <V> the type of the value
 */
public final class Current<V> {
    private volatile V value;

    /** Whether the value may come from a transaction that has failed. */
    private volatile boolean inDoubt;

    private long version;

    /** The newest that was told after its commit; null as long as the value was only ever read. */
    private @Nullable Versioned<V> committed;

    /** Knows what was read. */
    public Current(Versioned<V> read) {
        this.value = read.value();
        this.version = read.version();
    }

    /** The value. */
    public V get() {
        return value;
    }

    boolean isInDoubt() {
        return inDoubt;
    }

    /** Takes over what was read, unless something newer is known. */
    synchronized void read(Versioned<V> read) {
        Versioned<V> sure = committed;
        if (inDoubt) {
            become(sure != null && sure.version() > read.version() ? sure : read);
        } else if (read.version() > version) {
            become(read);
        }
    }

    /** Takes over what was committed, unless something newer is known. */
    synchronized void committed(Versioned<V> change) {
        Versioned<V> sure = committed;
        if (sure != null && sure.version() >= change.version()) {
            return;
        }
        committed = change;
        if (inDoubt || change.version() >= version) {
            become(change);
        }
    }

    /**
     * A transaction that had changed the row has failed. What was read inside of it has the version that the next commit
     * will have, but not its value.
     */
    synchronized void doubt() {
        Versioned<V> sure = committed;
        inDoubt = sure == null || sure.version() < version;
    }

    private void become(Versioned<V> newest) {
        version = newest.version();
        value = newest.value();
        inDoubt = false;
    }
}

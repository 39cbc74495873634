package org.lapse.platform.cache;

import org.jspecify.annotations.Nullable;

/**
 * The newest value that is known for one key. There is one such object for each key: anybody who keeps it sees every
 * change, and asks neither the database nor a map.
 *
 * @param <V> the type of the value
 */
public final class Current<V> {
    private volatile Versioned<V> newest;

    /** Whether the value comes from a transaction that has failed. */
    private volatile boolean inDoubt;

    /** The newest that was told after its commit; null as long as the value was only ever read. */
    private @Nullable Versioned<V> committed;

    /** Knows what was read. */
    public Current(Versioned<V> read) {
        this.newest = read;
    }

    /** The value. */
    public V get() {
        return newest.value();
    }

    /** The value and its version. */
    public Versioned<V> versioned() {
        return newest;
    }

    boolean isInDoubt() {
        return inDoubt;
    }

    /** Takes over what was read, unless something newer is known. */
    synchronized void read(Versioned<V> read) {
        Versioned<V> sure = committed;
        if (inDoubt) {
            become(sure != null && sure.version() > read.version() ? sure : read);
        } else if (read.version() > newest.version()) {
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
        if (inDoubt || change.version() >= newest.version()) {
            become(change);
        }
    }

    /** The transaction of a change has failed: if the value was read inside of it, it never held. */
    synchronized void doubt(long version) {
        inDoubt |= version == newest.version();
    }

    private void become(Versioned<V> value) {
        newest = value;
        inDoubt = false;
    }
}

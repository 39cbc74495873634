package org.lapse.changes;

import java.util.Optional;

/**
 * What administrators have chosen, as it holds at this moment. There is one such object for each thing that is chosen:
 * whoever keeps it sees every change, and asks neither the database nor a map. Of two changes the later one holds, in
 * whatever order this node is told of them.
 *
 * @param <V> what was chosen
 */
public final class InForce<V> {
    private volatile V value;
    private long revision;

    /**
     * Holds from now on.
     *
     * @param revision counts the changes, and was read together with the value
     */
    public InForce(V value, long revision) {
        this.value = value;
        this.revision = revision;
    }

    /** What holds. */
    public V get() {
        return value;
    }

    /**
     * Replaces what holds, unless that is later.
     *
     * @return what held before; empty where nothing has changed, because what holds is later
     */
    public synchronized Optional<V> replace(V newValue, long newRevision) {
        if (newRevision < revision) {
            return Optional.empty();
        }
        V before = value;
        value = newValue;
        revision = newRevision;
        return Optional.of(before);
    }
}

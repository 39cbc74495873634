package org.lapse.settings;

/**
 * What an organization's administrators have chosen, as it holds at this moment. There is one such object for each
 * organization: whoever keeps it sees every change, and asks neither the database nor a map.
 *
 * @param <V> what was chosen
 */
public final class InForce<V> {
    private volatile V value;

    /** Holds from now on. */
    public InForce(V value) {
        this.value = value;
    }

    /** What holds. */
    public V get() {
        return value;
    }

    void replace(V newValue) {
        value = newValue;
    }
}

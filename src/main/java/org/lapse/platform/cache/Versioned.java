package org.lapse.platform.cache;

import java.util.function.Function;

/**
 * A value and the version of the row that it was computed from.
 *
 * @param version the number of the row's last change; {@link #NO_ROW} as long as there is no row
 * @param value what was computed
 * @param <V> the type of the value
 */
public record Versioned<V>(long version, V value) {
    /** The version of a row that nobody has written yet. The first that is written has a greater one. */
    public static final long NO_ROW = -1;

    /** Something else that follows from the same version. */
    public <W> Versioned<W> map(Function<? super V, ? extends W> function) {
        return new Versioned<>(version, function.apply(value));
    }
}

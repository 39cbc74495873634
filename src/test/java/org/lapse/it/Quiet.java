package org.lapse.it;

import java.time.Duration;

/** Time in which nobody does anything. */
final class Quiet {
    private Quiet() {}

    /** Lets real time pass: for rules about what happens, or does not happen, while nobody calls. */
    static void beQuietFor(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while being quiet", e);
        }
    }
}

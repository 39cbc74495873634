package org.lapse.platform.api;

/** The demonstration mode as a test sets it. */
public final class Demonstration {
    private Demonstration() {}

    /** It is on. */
    public static DemonstrationMode on() {
        return new DemonstrationMode(true);
    }

    /** It is off. */
    public static DemonstrationMode off() {
        return new DemonstrationMode(false);
    }
}

package org.lapse.activity;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.Locale;

/** What an authenticated call of our own API did to the inactivity timer of its token. */
enum ActivityOutcome {
    /** It reset the timer. */
    RECORDED,
    /** It said that nobody is behind it, or its session lapsed meanwhile. */
    IGNORED,
    /** The organization's administrators excluded its API. */
    EXCLUDED;

    private static final Counter ACTIVITY = Counter.builder()
            .name("lapse_activity_total")
            .help("Authenticated calls of our own API, by whether they reset the inactivity timer")
            .labelNames("outcome")
            .register();

    static {
        for (ActivityOutcome outcome : values()) {
            ACTIVITY.initLabelValues(outcome.label());
        }
    }

    void count() {
        ACTIVITY.labelValues(label()).inc();
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

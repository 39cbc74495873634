package org.lapse.sessions.session;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What an authenticated call did to the inactivity timer of its token. */
public enum ActivityOutcome {
    /** It reset the timer. */
    RECORDED,
    /** It said that nobody is behind it, or its session lapsed meanwhile. */
    IGNORED,
    /** The organization's administrators excluded its API. */
    EXCLUDED;

    private static final Map<ActivityOutcome, CounterDataPoint> COUNTS = counts();

    private static Map<ActivityOutcome, CounterDataPoint> counts() {
        Counter activity = Counter.builder()
                .name("lapse_activity_total")
                .help("Authenticated calls of our own API and of services behind the gate, by whether they reset the"
                        + " inactivity timer")
                .labelNames("outcome")
                .withoutExemplars() // nobody traces these calls, and each would be asked for its trace
                .register();
        Map<ActivityOutcome, CounterDataPoint> counts = new EnumMap<>(ActivityOutcome.class);
        for (ActivityOutcome outcome : values()) {
            counts.put(outcome, activity.labelValues(outcome.name().toLowerCase(Locale.ROOT)));
        }
        return counts;
    }

    /** Counts one call, for {@code /metrics}. */
    public void count() {
        Objects.requireNonNull(COUNTS.get(this)).inc();
    }
}

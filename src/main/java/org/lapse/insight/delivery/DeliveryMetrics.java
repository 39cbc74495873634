package org.lapse.insight.delivery;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** How deliveries fare, for {@code /metrics}. */
@Singleton
class DeliveryMetrics {
    private static final double MILLIS = 1000.0;

    private final Counter attempts = Counter.builder()
            .name("lapse_deliveries_total")
            .help("Attempts of this node to deliver something, by what it was and what came of it")
            .labelNames("kind", "outcome")
            .register();

    private volatile Backlog backlog = Backlog.NONE;

    void start(@Observes Startup event) {
        for (DeliveryKind kind : DeliveryKind.values()) {
            for (DeliveryOutcome outcome : DeliveryOutcome.values()) {
                attempts.initLabelValues(kind.wireName(), outcome.wireName());
            }
        }
        GaugeWithCallback.builder()
                .name("lapse_delivery_waiting")
                .help("Deliveries that wait in the database, for all nodes together")
                .callback(gauge -> gauge.call((double) backlog.waiting()))
                .register();
        GaugeWithCallback.builder()
                .name("lapse_delivery_oldest_seconds")
                .help("How long ago what waits longest happened, for all nodes together")
                .callback(gauge -> gauge.call(backlog.age().toMillis() / MILLIS))
                .register();
    }

    void count(List<Attempt> made) {
        made.forEach(attempt -> attempts.labelValues(
                        attempt.delivery().kind().wireName(), attempt.outcome().wireName())
                .inc());
    }

    /** Shows this from now on. */
    void show(Backlog newest) {
        backlog = newest;
    }

    /**
     * What waits in the database.
     *
     * @param waiting how many deliveries
     * @param age how long ago the oldest of them happened
     */
    record Backlog(long waiting, Duration age) {
        /** Nothing waits. */
        static final Backlog NONE = new Backlog(0, Duration.ZERO);
    }
}

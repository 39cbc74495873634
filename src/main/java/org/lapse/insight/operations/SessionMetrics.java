package org.lapse.insight.operations;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.lapse.platform.api.DatabaseAdmission;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.ActivityWriter;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvent.SessionEnded;
import org.lapse.sessions.session.SessionEvent.SessionLocked;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.SessionPrincipal;

/** What the sessions are doing, for {@code /metrics}. */
@Singleton
class SessionMetrics {
    private static final double MILLIS = 1000.0;
    private static final double NANOS = 1e9;

    private final SessionLedger<SessionPrincipal> ledger;
    private final ActivityWriter writer;
    private final DatabaseAdmission admission;
    private final Limits limits;
    private final ThisNode node;

    private final Counter ended = Counter.builder()
            .name("lapse_sessions_ended_total")
            .help("Sessions that ended, by reason")
            .labelNames("reason")
            .register();

    private final Counter lapses = Counter.builder()
            .name("lapse_lapses_total")
            .help("Sessions that were ended or locked because of inactivity")
            .labelNames("outcome")
            .register();

    private final Histogram lateness = Histogram.builder()
            .name("lapse_lateness_seconds")
            .help("How long after its deadline a session was ended or locked")
            .classicOnly()
            .classicUpperBounds(0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.5, 1, 5, 30)
            .register();

    @Inject
    SessionMetrics(
            SessionLedger<SessionPrincipal> ledger,
            ActivityWriter writer,
            DatabaseAdmission admission,
            Limits limits,
            ThisNode node) {
        this.ledger = ledger;
        this.writer = writer;
        this.admission = admission;
        this.limits = limits;
        this.node = node;
    }

    void start(@Observes Startup event) {
        for (EndReason reason : EndReason.values()) {
            ended.initLabelValues(reason.name());
        }
        lapses.initLabelValues("ended");
        lapses.initLabelValues("locked");
        Info.builder()
                .name("lapse_node_info")
                .help("Which node this is, and which version it runs")
                .labelNames("node", "version")
                .register()
                .setLabelValues(node.name(), node.version());
        gauge("lapse_node_lease", "1 while this node may grant access, else 0", () -> node.holdsLease() ? 1 : 0);
        gauge(
                "lapse_node_lag_seconds",
                "How long this node last took to read what other nodes had changed",
                () -> node.lag().toNanos() / NANOS);
        gauge("lapse_sessions_live", "Sessions in this node's ledger, locked ones among them", () -> ledger.size());
        gauge("lapse_sessions_locked", "Locked sessions in this node's ledger", () -> ledger.locked());
        gauge("lapse_activity_backlog", "Sessions whose activity waits to be written down", () -> writer.backlog());
        gauge("lapse_database_calls", "Calls that have a place at the database", () -> admission.inside());
        CounterWithCallback.builder()
                .name("lapse_activity_answered_unwritten_total")
                .help("Uses answered before they were written down, although the durability of activity is strict")
                .callback(counter -> counter.call((double) writer.answeredUnwritten()))
                .register();
        CounterWithCallback.builder()
                .name("lapse_database_calls_refused_total")
                .help("Calls refused with 503 because all places at the database were taken")
                .callback(counter -> counter.call((double) admission.refused()))
                .register();
        CounterWithCallback.builder()
                .name("lapse_limit_refused_total")
                .help("Calls refused with 429 because a user or an application has as much as is permitted")
                .labelNames("limit")
                .callback(counter -> List.of(Limited.values())
                        .forEach(what -> counter.call((double) limits.refused(what), what.label())))
                .register();
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionEvents happened) {
        happened.events().forEach(this::count);
    }

    private void count(SessionEvent event) {
        if (event instanceof SessionEnded end) {
            ended.labelValues(end.reason().name()).inc();
            if (end.reason().isLapse()) {
                lapses.labelValues("ended").inc();
            }
            if (end.lapse() != null) {
                observe(end.lapse().lateness(end.at()));
            }
        } else if (event instanceof SessionLocked lock && lock.lapse() != null) {
            lapses.labelValues("locked").inc();
            observe(lock.lapse().lateness(lock.at()));
        }
    }

    private void observe(Duration late) {
        lateness.observe(late.toMillis() / MILLIS);
    }

    private static void gauge(String name, String help, Reading reading) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(reading.read()))
                .register();
    }

    /** What a gauge shows at the moment when it is asked. */
    private interface Reading {
        double read();
    }
}

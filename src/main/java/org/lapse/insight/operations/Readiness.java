package org.lapse.insight.operations;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.platform.clock.Uptime;
import org.lapse.platform.timer.RecurringTasks;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.SessionRestoration;

/** What must be well before anybody sends traffic here. It knows within two seconds, whatever the database does. */
@Singleton
class Readiness {
    private static final Logger LOG = Logger.getLogger(Readiness.class.getName());

    /** For the database, of the two seconds that an answer may take. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final DatabaseProbe probe;
    private final SessionRestoration restoration;
    private final RecurringTasks tasks;
    private final ThisNode node;
    private final Uptime uptime;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @SuppressWarnings("NullAway.Init") // prepared when the executor is there
    private BoundedQuestion database;

    @Inject
    Readiness(DatabaseProbe probe, SessionRestoration restoration, RecurringTasks tasks, ThisNode node, Uptime uptime) {
        this.probe = probe;
        this.restoration = restoration;
        this.tasks = tasks;
        this.node = node;
        this.uptime = uptime;
    }

    @PostConstruct
    void prepare() {
        database = new BoundedQuestion("the database", probe::write, executor, PATIENCE, uptime::elapsed);
    }

    /** Whether the database writes what it is given. */
    boolean isDatabaseWorking() {
        return database.isAnswered();
    }

    /** Whether the live sessions have been read back. */
    boolean areSessionsRestored() {
        return restoration.isComplete();
    }

    /** Whether this node may let calls pass; among several it needs a lease for that. */
    boolean mayGrantAccess() {
        return node.mayGrant();
    }

    /** Whether all timers have run lately. */
    boolean areTimersRunning() {
        List<String> overdue = tasks.overdue();
        if (!overdue.isEmpty()) {
            LOG.log(Level.WARNING, "Not ready: nothing has run for a long time that would {0}", overdue);
        }
        return overdue.isEmpty();
    }
}

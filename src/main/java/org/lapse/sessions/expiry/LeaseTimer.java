package org.lapse.sessions.expiry;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.lapse.platform.timer.RecurringTask;
import org.lapse.platform.timer.RecurringTasks;
import org.lapse.sessions.nodes.ClusterSettings;

/** Renews this node's lease six times in its life; a node that is alone has none. */
@Singleton
@Startup
@DependsOn("Restoration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LeaseTimer {
    private static final int RENEWALS = 6;

    @Resource
    private TimerService timers;

    @Inject
    private Membership membership;

    @Inject
    private ClusterSettings settings;

    @Inject
    private RecurringTasks tasks;

    @SuppressWarnings("NullAway.Init") // created at the start
    private RecurringTask renewing;

    @PostConstruct
    void start() {
        if (settings.isEnabled()) {
            Duration period = settings.lease().dividedBy(RENEWALS);
            renewing = tasks.create("renew the lease, without which this node grants no access", period);
            timers.createIntervalTimer(period.toMillis(), period.toMillis(), new TimerConfig("lease", false));
        }
    }

    @Timeout
    @Lock(LockType.READ)
    void renew() {
        renewing.run(membership::renew);
    }
}

package org.lapse.activity;

import io.prometheus.metrics.core.metrics.Counter;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.lapse.api.RecordsActivity;
import org.lapse.clock.WallClock;
import org.lapse.session.CurrentSession;

/**
 * Records the activity of a call before the resource does its work, so that a call which takes long does not lose it.
 * It never rejects: a session whose deadline has passed meanwhile is simply not touched.
 */
@Interceptor
@RecordsActivity
@Priority(Interceptor.Priority.APPLICATION)
public class ActivityInterceptor {
    private static final Counter ACTIVITY = Counter.builder()
            .name("lapse_activity_total")
            .help("Authenticated calls of our own API, by whether they reset the inactivity timer")
            .labelNames("outcome")
            .register();

    @Inject
    private CurrentSession current;

    @Inject
    private WallClock clock;

    @AroundInvoke
    Object record(InvocationContext call) throws Exception {
        boolean recorded = current.countsAsActivity() && current.get().recordActivity(clock.now());
        ACTIVITY.labelValues(recorded ? "recorded" : "ignored").inc();
        return call.proceed();
    }
}

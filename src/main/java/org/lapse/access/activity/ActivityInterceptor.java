package org.lapse.access.activity;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.session.ActivityOutcome;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.CurrentSession;

/**
 * Records the activity of a call before the resource does its work, so that a call which takes long does not lose it.
 * It never rejects: a session whose deadline has passed meanwhile is simply not touched.
 */
@Interceptor
@RecordsActivity
@Priority(Interceptor.Priority.APPLICATION)
public class ActivityInterceptor {
    @Inject
    private CurrentSession current;

    @Inject
    private ActivityRecorder uses;

    @Inject
    private WallClock clock;

    @AroundInvoke
    Object record(InvocationContext call) throws Exception {
        if (current.countsAsActivity()) {
            boolean recorded = uses.reset(current.get(), current.call(), clock.now());
            (recorded ? ActivityOutcome.RECORDED : ActivityOutcome.IGNORED).count();
        }
        return call.proceed();
    }
}

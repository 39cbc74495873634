package org.lapse.sessions.session;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Begins a use case again that {@link AsksOtherNodes}; outside of its transaction. */
@Interceptor
@AsksOtherNodes
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100) // that of transactions is 200
public class AskingOtherNodes {
    /** A session may be used and lapse again between the answer and the second time. */
    private static final int TIMES = 3;

    private static final ThreadLocal<Boolean> BEGUN = ThreadLocal.withInitial(() -> false);

    @Inject
    private LaterUses laterUses;

    /** What is called inside another such use case leaves it to that one. */
    @AroundInvoke
    Object untilDecided(InvocationContext useCase) throws Exception {
        if (BEGUN.get()) {
            return useCase.proceed();
        }
        BEGUN.set(true);
        try {
            for (int times = 1; times < TIMES; times++) {
                try {
                    return useCase.proceed();
                } catch (LapseUndecidedException e) {
                    laterUses.decide(e.sessionId());
                }
            }
            return useCase.proceed();
        } catch (LapseUndecidedException e) {
            throw LaterUses.undecided();
        } finally {
            BEGUN.remove();
        }
    }
}

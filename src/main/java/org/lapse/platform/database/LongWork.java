package org.lapse.platform.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.function.Supplier;
import org.hibernate.Session;

/** Work that may take longer than a request may: the start, which nobody is served before. */
@Singleton
public class LongWork {
    private final EntityManager entities;

    @Inject
    LongWork(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Does the work with more patience and in one transaction, which has one connection. If the work fails, so does the
     * start, and nobody gets the connection any more.
     */
    @Transactional
    public <T> T during(Duration patience, Supplier<T> work) {
        WaitLimits before =
                entities.unwrap(Session.class).doReturningWork(connection -> WaitLimits.exchange(connection, patience));
        T result = work.get();
        entities.unwrap(Session.class).doWork(before::restore);
        return result;
    }
}

package org.lapse.middle;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hears every event of ours: when it is fired, and again when the transaction in which it was fired has succeeded. */
@Singleton
class Told {
    private final List<Object> fired = new CopyOnWriteArrayList<>();
    private final List<Object> afterSuccess = new CopyOnWriteArrayList<>();
    private volatile Consumer<Object> interruption = event -> {};

    void hear(@Observes @Any Object event) {
        keep(event, fired);
        interruption.accept(event);
    }

    void hearAfterSuccess(@Observes(during = TransactionPhase.AFTER_SUCCESS) @Any Object event) {
        keep(event, afterSuccess);
    }

    private static void keep(Object event, List<Object> where) {
        if (event.getClass().getName().startsWith("org.lapse.")) {
            where.add(event);
        }
    }

    void interrupt(Consumer<Object> newInterruption) {
        interruption = newInterruption;
    }

    <E> List<E> fired(Class<E> type) {
        return fired.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <E> List<E> afterSuccess(Class<E> type) {
        return afterSuccess.stream().filter(type::isInstance).map(type::cast).toList();
    }
}

package org.lapse.architecture.planted.locks.sessions.session;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;

class Locks {
    Object find(EntityManager entities) {
        return entities.find(Object.class, 1);
    }

    List<Object> byQuery(EntityManager entities) {
        return entities.createQuery("select 1", Object.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    Object byFind(EntityManager entities) {
        return entities.find(Object.class, 1, LockModeType.PESSIMISTIC_WRITE);
    }

    Object byFindWithProperties(EntityManager entities) {
        return entities.find(Object.class, 1, LockModeType.PESSIMISTIC_WRITE, Map.of());
    }

    void byRefresh(EntityManager entities) {
        entities.refresh(this, LockModeType.PESSIMISTIC_WRITE);
    }

    void byLock(EntityManager entities) {
        entities.lock(this, LockModeType.PESSIMISTIC_READ);
    }
}

package org.lapse.insight.operations;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/**
 * The question whether the database does its work, asked by having it do some: it writes a row of its own and takes it
 * away, and the commit has to reach the disk. Each question has a row of its own, so that nodes that ask at once do not
 * wait for each other.
 */
@Singleton
class DatabaseProbe {
    private final EntityManager entities;

    @Inject
    DatabaseProbe(EntityManager entities) {
        this.entities = entities;
    }

    /** Writes, and returns when it is committed. */
    @Transactional
    void write() {
        UUID id = UUID.randomUUID();
        execute("insert into health_probe (id) values (:id)", id);
        execute("delete from health_probe where id = :id", id);
    }

    private void execute(String sql, UUID id) {
        entities.createNativeQuery(sql).setParameter("id", id).executeUpdate();
    }
}

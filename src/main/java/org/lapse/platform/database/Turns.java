package org.lapse.platform.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** What one of several nodes does at a time. */
@Singleton
public class Turns {
    private final EntityManager entities;

    /** Turns of the nodes on that database. */
    @Inject
    public Turns(EntityManager entities) {
        this.entities = entities;
    }

    /** What is done in turn; the table {@code turn} has a row for each. */
    public enum What {
        /** Making what an empty database needs. */
        FIRST_START,
        /** Making a signing key. */
        SIGNING_KEY
    }

    /** Waits until no other transaction, of whatever node, is doing it, and keeps others from it until this one ends. */
    @Transactional(TxType.MANDATORY)
    public void take(What what) {
        entities.createNativeQuery("select what from turn where what = ?1 for update")
                .setParameter(1, what.name())
                .getSingleResult();
    }
}

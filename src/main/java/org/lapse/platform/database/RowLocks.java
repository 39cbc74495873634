package org.lapse.platform.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/** Locks of rows in the database, in one order, and of what was read before them never the old values. */
public final class RowLocks {
    /**
     * The order in which both databases sort ids: as bytes, which have no sign. Rows that are locked one by one are
     * locked in this order, so that nobody waits crosswise for anybody who locks them by one statement. {@link
     * UUID#compareTo} has another.
     */
    public static final Comparator<UUID> ORDER = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private RowLocks() {}

    /**
     * Finds the row of an entity, locked until the transaction ends, as it is then. Hibernate 6.6 by itself locks the
     * row of an entity that was read before, and keeps what was read. What this transaction has changed is written
     * first.
     */
    public static <E> Optional<E> find(EntityManager entities, Class<E> type, Object id, LockModeType mode) {
        entities.flush();
        E found = entities.find(type, id, mode);
        if (found != null) {
            entities.refresh(found);
        }
        return Optional.ofNullable(found);
    }

    /** The same for an entity that the transaction has not read before, with one statement. */
    public static <E> Optional<E> findUnread(EntityManager entities, Class<E> type, Object id, LockModeType mode) {
        return Optional.ofNullable(entities.find(type, id, mode));
    }

    /**
     * Locks the row of an entity that has a version, which must be as it was read.
     *
     * @throws OptimisticLockException where somebody else has changed it since
     */
    public static void lockAsRead(EntityManager entities, Object entity, LockModeType mode) {
        entities.lock(entity, mode);
    }
}

package org.lapse.access.oauth;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;

/** The signing keys in the database. */
@Singleton
@Transactional
class SigningKeyRows {
    private final EntityManager entities;
    private final Event<SigningKeysChanged> changed;

    @Inject
    SigningKeyRows(EntityManager entities, Event<SigningKeysChanged> changed) {
        this.entities = entities;
        this.changed = changed;
    }

    List<SigningKey> all() {
        return entities.createQuery("select k from SigningKey k", SigningKey.class)
                .getResultList();
    }

    /**
     * Has a new key sign from now on and retires the others. Two nodes that do so at once leave two keys, either of
     * which may sign.
     */
    void replaceBy(SigningKey key, Instant forgetRetiredBefore) {
        replace(key, forgetRetiredBefore);
    }

    /**
     * Replaces keys that are too old. A transaction of its own: the key must stay although the token for which it was
     * made is refused, because other tokens are signed with it meanwhile.
     */
    @Transactional(TxType.REQUIRES_NEW)
    void replaceAgedBy(SigningKey key, Instant forgetRetiredBefore) {
        replace(key, forgetRetiredBefore);
    }

    private void replace(SigningKey key, Instant forgetRetiredBefore) {
        entities.createQuery("update SigningKey k set k.retiredAt = :now where k.retiredAt is null")
                .setParameter("now", key.createdAt())
                .executeUpdate();
        entities.createQuery("delete from SigningKey k where k.retiredAt < :before")
                .setParameter("before", forgetRetiredBefore)
                .executeUpdate();
        entities.persist(key);
        changed.fire(new SigningKeysChanged(key.id()));
    }

    /** The keys in the database have changed; {@code signing} is the one that signs now. */
    record SigningKeysChanged(String signing) {}
}

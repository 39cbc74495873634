package org.lapse.access.oauth;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.NumberedRows;
import org.lapse.platform.changes.NumberedTable;
import org.lapse.platform.database.Turns;

/** The signing keys in the database. */
@Singleton
@Transactional
class SigningKeyRows implements NumberedRows {
    private final EntityManager entities;
    private final Turns turns;
    private final ChangeNumbers numbers;
    private final Event<SigningKeysChanged> changed;

    @Inject
    SigningKeyRows(EntityManager entities, Turns turns, ChangeNumbers numbers, Event<SigningKeysChanged> changed) {
        this.entities = entities;
        this.turns = turns;
        this.numbers = numbers;
        this.changed = changed;
    }

    List<SigningKey> all() {
        return entities.createQuery("select k from SigningKey k", SigningKey.class)
                .getResultList();
    }

    /** Has a new key sign from now on and retires the others, those too that other nodes have just made. */
    void replaceBy(SigningKey key, Instant forgetRetiredBefore) {
        turns.take(Turns.What.SIGNING_KEY);
        replace(key, forgetRetiredBefore);
    }

    /**
     * Replaces keys that are too old, unless another node has just done so: then its key signs, and this one is
     * forgotten. A transaction of its own: the key must stay although the token for which it was made is refused,
     * because other tokens are signed with it meanwhile.
     *
     * @param agedBefore what was made until then is too old
     */
    @Transactional(TxType.REQUIRES_NEW)
    void replaceAgedBy(SigningKey key, Instant agedBefore, Instant forgetRetiredBefore) {
        turns.take(Turns.What.SIGNING_KEY);
        if (all().stream()
                .noneMatch(
                        known -> known.retiredAt() == null && known.createdAt().isAfter(agedBefore))) {
            replace(key, forgetRetiredBefore);
        }
    }

    private void replace(SigningKey key, Instant forgetRetiredBefore) {
        entities.createQuery("update SigningKey k set k.retiredAt = :now where k.retiredAt is null")
                .setParameter("now", key.createdAt())
                .executeUpdate();
        entities.createQuery("delete from SigningKey k where k.retiredAt < :before")
                .setParameter("before", forgetRetiredBefore)
                .executeUpdate();
        key.setChangeNumber(numbers.next());
        entities.persist(key);
        changed.fire(new SigningKeysChanged(key.changeNumber(), key.id()));
    }

    @Override
    public NumberedTable table() {
        return new NumberedTable("signing_key", "change_number");
    }

    @Override
    public void tellOf(Collection<Long> missed) {
        List<SigningKey> found = entities.createQuery(
                        "select k from SigningKey k where k.changeNumber in :numbers", SigningKey.class)
                .setParameter("numbers", missed)
                .getResultList();
        found.forEach(key -> changed.fire(new SigningKeysChanged(key.changeNumber(), key.id())));
    }

    /** The keys in the database were changed under that number; {@code signing} is the one that signs since then. */
    record SigningKeysChanged(long number, String signing) {}
}

package org.lapse.platform.changes;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** The numbers of changes: each is larger than those of all earlier changes of the same rows. */
@Singleton
public class ChangeNumbers {
    private final EntityManager entities;
    private final FollowedNumbers followed = new FollowedNumbers();

    /** Those that this node took itself, as long as it may still look for them. */
    private final NavigableSet<Long> own = new ConcurrentSkipListSet<>();

    /** Numbers from that database's sequence. */
    @Inject
    public ChangeNumbers(EntityManager entities) {
        this.entities = entities;
    }

    /** The number of a change in the present transaction, which has locked all that it changes under this number. */
    @Transactional(TxType.MANDATORY)
    public long next() {
        long number = ((Number) entities.createNativeQuery("select nextval('change_number')")
                        .getSingleResult())
                .longValue();
        own.add(number);
        return number;
    }

    /**
     * Whether this node itself has made the change of that number, which it finds in the database: then whoever has to
     * hear of it here is told by the transaction that made it.
     */
    public boolean isOwn(long number) {
        return own.contains(number);
    }

    /**
     * Says that this node knows all changes up to that number that were committed. Those of the latest numbers that are
     * committed afterwards are missing.
     */
    public void startAfter(long number, Instant now) {
        followed.startAfter(number, now);
    }

    /**
     * Asked before this node follows a change that was committed.
     *
     * @return false where it has read from the database what there is to know, or is about to
     */
    public boolean begin(long number, Instant now) {
        return followed.begin(number, now);
    }

    /** This node has followed the change of that number. */
    public void followed(long number) {
        followed.followed(number);
        forgetOwn();
    }

    private void forgetOwn() {
        long settled = followed.settledUpTo() - FollowedNumbers.DEPTH;
        while (!own.isEmpty() && own.first() <= settled) {
            own.pollFirst();
        }
    }

    /** This node has followed every change up to that number. */
    public long settledUpTo() {
        return followed.settledUpTo();
    }

    /**
     * The numbers of changes that this node has not followed and is to look for now, the earliest first.
     *
     * @param highest the highest number in the database
     */
    public List<Long> missing(long highest, Instant now) {
        return followed.missing(highest, now);
    }

    /**
     * Says that this node has looked for what was missing at that moment. Numbers that were not found for so long that
     * their transactions must have been rolled back are given up.
     */
    public void lookedFor(Instant now) {
        followed.lookedFor(now);
    }
}

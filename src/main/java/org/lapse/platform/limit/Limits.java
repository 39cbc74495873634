package org.lapse.platform.limit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.retention.Retention;

/**
 * How much one user or one application may make; 0 is without a limit. A caller that counts rows locks their
 * holder first. So two callers count one after the other, and neither misses what the other has committed.
 */
@Singleton
public class Limits {
    /** In which what is told is counted. It begins with the first use after the one before. */
    public static final Duration DAY = Duration.ofDays(1);

    private final EntityManager entities;
    private final Map<Limited, Integer> most = new EnumMap<>(Limited.class);
    private final Map<Limited, LongAdder> refused = new EnumMap<>(Limited.class);

    @Produces
    static Retention retention() {
        return Retention.of("numbers of what was made", LimitUse.class, "e.begunAt", DAY);
    }

    @Inject
    Limits(
            EntityManager entities,
            @ConfigProperty(name = "lapse.limit.sessions-of-user", defaultValue = "100") int sessionsOfUser,
            @ConfigProperty(name = "lapse.limit.sessions-of-user-in-application", defaultValue = "25")
                    int sessionsOfUserInApplication,
            @ConfigProperty(name = "lapse.limit.sessions-of-client", defaultValue = "1000") int sessionsOfClient,
            @ConfigProperty(name = "lapse.limit.openings-of-user", defaultValue = "2000") int openingsOfUser,
            @ConfigProperty(name = "lapse.limit.openings-of-client", defaultValue = "100000") int openingsOfClient,
            @ConfigProperty(name = "lapse.limit.holds", defaultValue = "20") int holds,
            @ConfigProperty(name = "lapse.limit.client-states", defaultValue = "100") int clientStates,
            @ConfigProperty(name = "lapse.limit.channels", defaultValue = "20") int channels,
            @ConfigProperty(name = "lapse.limit.diagnostics-of-user", defaultValue = "1000") int diagnosticsOfUser,
            @ConfigProperty(name = "lapse.limit.diagnostics-of-client", defaultValue = "20000")
                    int diagnosticsOfClient) {
        this.entities = entities;
        most.put(Limited.SESSIONS_OF_USER, sessionsOfUser);
        most.put(Limited.SESSIONS_OF_USER_IN_APPLICATION, sessionsOfUserInApplication);
        most.put(Limited.SESSIONS_OF_CLIENT, sessionsOfClient);
        most.put(Limited.OPENINGS_OF_USER, openingsOfUser);
        most.put(Limited.OPENINGS_OF_CLIENT, openingsOfClient);
        most.put(Limited.HOLDS, holds);
        most.put(Limited.CLIENT_STATES, clientStates);
        most.put(Limited.CHANNELS, channels);
        most.put(Limited.DIAGNOSTICS_OF_USER, diagnosticsOfUser);
        most.put(Limited.DIAGNOSTICS_OF_CLIENT, diagnosticsOfClient);
        for (Limited what : Limited.values()) {
            if (mostOf(what) < 0) {
                throw new IllegalArgumentException("A limit is 0, for none, or more, not " + mostOf(what));
            }
            refused.put(what, new LongAdder());
        }
    }

    /** How many are permitted; as many as there are numbers where there is no limit. */
    public int most(Limited what) {
        return mostOf(what) == 0 ? Integer.MAX_VALUE : mostOf(what);
    }

    private int mostOf(Limited what) {
        return most.getOrDefault(what, 0);
    }

    /** Whether there is a limit. */
    public boolean isSet(Limited what) {
        return mostOf(what) > 0;
    }

    /** Keeps others from counting what a holder has until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    public void lock(Limited what, String holder, Instant now) {
        if (mostOf(what) == 0 || isLocked(what, holder)) {
            return;
        }
        insert(what, holder, now);
        isLocked(what, holder);
    }

    private boolean isLocked(Limited what, String holder) {
        return !entities.createQuery(
                        "select u.begunAt from LimitUse u where u.key.what = :what and u.key.holder = :holder",
                        Instant.class)
                .setParameter("what", what.label())
                .setParameter("holder", holder)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .isEmpty();
    }

    /**
     * Counts one more in a {@linkplain #DAY day}, and locks the holder as {@link #lock} does.
     *
     * @param whatSoMany what somebody does, in the refusal: {@code A user sends at most %d entries}
     * @throws ApiException 429 where there were as many as are permitted; {@code Retry-After} says when the day is over
     */
    @Transactional(TxType.MANDATORY)
    public void use(Limited what, String holder, String whatSoMany, Instant now) {
        if (mostOf(what) == 0 || isCounted(what, holder, now)) {
            return;
        }
        insert(what, holder, now);
        if (!isCounted(what, holder, now)) {
            throw dayIsUsedUp(what, holder, whatSoMany, now);
        }
    }

    /** The refusal of one more on a day, which is counted; {@code Retry-After} says when the day is over. */
    private ApiException dayIsUsedUp(Limited what, String holder, String whatSoMany, Instant now) {
        Instant over = begunAt(what, holder).orElse(now).plus(DAY);
        return refusal(
                what,
                String.format(Locale.ROOT, whatSoMany + " a day.", mostOf(what)),
                Optional.of(Duration.between(now, over)));
    }

    /**
     * Counts several more in a {@linkplain #DAY day} at once, as many as there may be, for who makes them one by one.
     *
     * @param wanted how many at the most
     * @return how many; all that are wanted where there is no limit
     * @throws ApiException 429 where there may be none
     */
    @Transactional(TxType.MANDATORY)
    public int useSeveral(Limited what, String holder, int wanted, String whatSoMany, Instant now) {
        if (!isSet(what)) {
            return wanted;
        }
        lock(what, holder, now);
        LimitUse found = entities.find(LimitUse.class, new LimitUse.Key(what.label(), holder));
        entities.refresh(found); // as it is now that it is locked
        int permitted = found.use(wanted, mostOf(what), now.minus(DAY), now);
        if (permitted == 0) {
            throw dayIsUsedUp(what, holder, whatSoMany, now);
        }
        return permitted;
    }

    private boolean isCounted(Limited what, String holder, Instant now) {
        int changed = entities.createQuery("update LimitUse u set u.uses = case when u.begunAt <= :before then 1"
                        + " else u.uses + 1 end, u.begunAt = case when u.begunAt <= :before then :now else u.begunAt end"
                        + " where u.key.what = :what and u.key.holder = :holder"
                        + " and (u.begunAt <= :before or u.uses < :most)")
                .setParameter("before", now.minus(DAY))
                .setParameter("now", now)
                .setParameter("what", what.label())
                .setParameter("holder", holder)
                .setParameter("most", mostOf(what))
                .executeUpdate();
        return changed == 1;
    }

    private Optional<Instant> begunAt(Limited what, String holder) {
        return Optional.ofNullable(entities.find(LimitUse.class, new LimitUse.Key(what.label(), holder)))
                .map(LimitUse::begunAt);
    }

    /** Of two who come first at once one inserts it, and the other waits and finds it there. */
    private void insert(Limited what, String holder, Instant now) {
        entities.createNativeQuery("insert into limit_use (what, holder, begun_at, uses) values (?1, ?2, ?3, 0)"
                        + " on conflict do nothing")
                .setParameter(1, what.label())
                .setParameter(2, holder)
                .setParameter(3, now)
                .executeUpdate();
    }

    /** The refusal of one more, which is counted. */
    public ApiException refusal(Limited what, String message, Optional<Duration> retryAfter) {
        refused.getOrDefault(what, new LongAdder()).increment();
        return retryAfter
                .map(wait -> ApiException.tooManyRequests(
                        message, wait.plusMillis(999).toSeconds()))
                .orElseGet(() -> ApiException.tooManyRequests(message));
    }

    /** How often this node has refused one more. */
    public long refused(Limited what) {
        return refused.getOrDefault(what, new LongAdder()).sum();
    }
}

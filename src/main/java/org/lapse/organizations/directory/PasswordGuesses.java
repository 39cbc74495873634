package org.lapse.organizations.directory;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.retention.Retention;

/**
 * The guesses at passwords, and what is counted of them: before a password is checked, and after. Each method is a
 * short transaction; the check itself, which takes long, belongs between the two.
 */
@Singleton
class PasswordGuesses {
    private final EntityManager entities;
    private final Users users;

    @Produces
    static Retention retention() {
        return Retention.of("wrong guesses at passwords", PasswordGuess.class, "e.blockedUntil", Duration.ofDays(1));
    }

    @Inject
    PasswordGuesses(EntityManager entities, Users users) {
        this.entities = entities;
        this.users = users;
    }

    /**
     * Counts a guess as wrong in advance, unless it comes too soon. A transaction of its own: a guess counts even if
     * what it belongs to is refused.
     */
    @Transactional(TxType.REQUIRES_NEW)
    Reservation reserve(Claimant claimant, Instant now) {
        byte[] subject = claimant.subject();
        Optional<Instant> blocked = blockedUntil(subject, now); // who must wait anyway does not queue for the row
        if (blocked.isPresent()) {
            return new Refused(Duration.between(now, blocked.get()));
        }
        PasswordGuess guess = lock(subject).orElseGet(() -> insert(subject, now));
        Duration remaining = guess.remainingWait(now);
        if (!remaining.isZero()) {
            return new Refused(remaining);
        }
        int failures = guess.failures();
        guess.reserve(now);
        Optional<User> user = claimant.user(users);
        return new Reserved(
                claimant,
                user.map(User::id).orElse(null),
                user.map(claimant::hash).orElse(null),
                failures,
                guess.blockedUntil());
    }

    /**
     * Counts what became of a guess, and tells it in the same transaction.
     *
     * <p>A password is right only if its user is still enabled and still has the hash that it was checked against.
     *
     * @param settlement what follows from it: where it throws, the guess stays counted as wrong
     */
    @Transactional
    <R> R settle(Reserved reserved, Verification verification, Instant now, Function<PasswordCheck, R> settlement) {
        PasswordCheck check = outcome(reserved, verification);
        lock(reserved.claimant.subject()).ifPresent(guess -> {
            if (check instanceof PasswordCheck.Right) {
                guess.clear(now);
            } else if (check instanceof PasswordCheck.Wrong) {
                guess.confirm(now);
            } else {
                guess.giveBack(reserved.blockedUntil, now);
            }
        });
        return settlement.apply(check);
    }

    /** Forgets the wrong passwords for a user, by name and while signed in: somebody has made sure who it is. */
    @Transactional
    void forgive(User user, Instant now) {
        Stream.of(
                        Claimant.named(user.organizationId(), user.username()),
                        Claimant.signedIn(user.organizationId(), user.id()))
                .forEach(claimant -> lock(claimant.subject()).ifPresent(guess -> guess.clear(now)));
    }

    private PasswordCheck outcome(Reserved reserved, Verification verification) {
        return switch (verification) {
            case NOT_TRIED -> new PasswordCheck.Busy();
            case DIFFERS -> new PasswordCheck.Wrong();
            case MATCHES ->
                reserved.claimant
                        .user(users)
                        .filter(User::isEnabled)
                        .filter(user -> user.id().equals(reserved.userId))
                        .filter(user -> reserved.hash != null && reserved.hash.equals(reserved.claimant.hash(user)))
                        .<PasswordCheck>map(PasswordCheck.Right::new)
                        .orElseGet(PasswordCheck.Wrong::new);
        };
    }

    private Optional<Instant> blockedUntil(byte[] subject, Instant now) {
        return entities.createQuery(
                        "select g.blockedUntil from PasswordGuess g where g.subject = :subject"
                                + " and g.failures >= :free and g.blockedUntil > :now",
                        Instant.class)
                .setParameter("subject", subject)
                .setParameter("free", PasswordGuess.FREE_FAILURES)
                .setParameter("now", now)
                .getResultStream()
                .findFirst();
    }

    /** Guesses at one name wait for each other here, and nowhere else. */
    private Optional<PasswordGuess> lock(byte[] subject) {
        return RowLocks.find(entities, PasswordGuess.class, subject, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The first guess at a name; where several are the first, one of them makes the row. */
    private PasswordGuess insert(byte[] subject, Instant now) {
        entities.createNativeQuery("insert into password_guess (subject, failures, blocked_until) values (?1, 0, ?2)"
                        + " on conflict do nothing")
                .setParameter(1, subject)
                .setParameter(2, now)
                .executeUpdate();
        return lock(subject).orElseThrow(() -> new IllegalStateException("A guess was forgotten as it was made"));
    }

    /** What became of the wish to check a password. */
    sealed interface Reservation {}

    /** It comes too soon after wrong ones, and is not looked at. */
    record Refused(Duration remaining) implements Reservation {}

    /**
     * It is counted as wrong until {@link #settle} knows better.
     *
     * @param userId the user who is meant; null where there is none
     * @param hash what the password is checked against; null where there is nothing
     * @param failures how many wrong ones there were before
     * @param blockedUntil until when this guess blocks the next one
     */
    record Reserved(
            Claimant claimant,
            @Nullable UUID userId,
            @Nullable String hash,
            int failures,
            Instant blockedUntil) implements Reservation {
        @Override
        public String toString() {
            return "Reserved[failures=" + failures + "]";
        }
    }
}

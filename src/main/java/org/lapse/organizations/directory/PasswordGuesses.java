package org.lapse.organizations.directory;

import jakarta.enterprise.event.Event;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.retention.Retention;

/**
 * The guesses at passwords, and what is counted of them: before a password is checked, and after. Each method is a
 * short transaction; the check itself, which takes long, belongs between the two.
 *
 * <p>Counters are locked after everything else that a transaction locks, and in one order: the account's, the place's,
 * the address's. So nobody who holds one waits for anything but the next of them.
 */
@Singleton
class PasswordGuesses {
    private static final Duration KEPT = Duration.ofDays(1);

    private final EntityManager entities;
    private final Users users;
    private final AddressLimit addressLimit;
    private final Event<PasswordGuessesUsedUp> usedUp;

    @Produces
    static Retention retention() {
        return Retention.of("wrong guesses at passwords", PasswordGuess.class, "e.blockedUntil", KEPT);
    }

    @Produces
    static Retention retentionOfAddresses() {
        return Retention.of("addresses of wrong guesses", GuessingAddress.class, "e.blockedUntil", KEPT);
    }

    /** Failures in a row are no longer in a row when they are forgotten: so they are kept for long. */
    @Produces
    static Retention retentionOfAccounts(
            @ConfigProperty(name = "lapse.password.guesses-kept", defaultValue = "P365D") Duration kept) {
        return Retention.of("accounts whose password was guessed at", GuessedAccount.class, "e.lastGuessAt", kept);
    }

    @Inject
    PasswordGuesses(
            EntityManager entities, Users users, AddressLimit addressLimit, Event<PasswordGuessesUsedUp> usedUp) {
        this.entities = entities;
        this.users = users;
        this.addressLimit = addressLimit;
        this.usedUp = usedUp;
    }

    /**
     * Counts a guess as wrong in advance, unless it comes too soon. A transaction of its own: a guess counts even if
     * what it belongs to is refused.
     *
     * @param address from where it comes; empty where no request is the cause
     */
    @Transactional(TxType.REQUIRES_NEW)
    Reservation reserve(Claimant claimant, Optional<String> address, Instant now) {
        PasswordPlace place = claimant.place();
        byte[] accountSubject = claimant.account(users);
        byte[] subject = place.subject(accountSubject);
        String network =
                place.isKnown() ? null : address.map(GuessingAddress::networkOf).orElse(null);
        Optional<Instant> blocked = blockedUntil(subject, network, now); // who must wait anyway queues for no row
        if (blocked.isPresent()) {
            return new Refused(Duration.between(now, blocked.get()));
        }
        GuessedAccount account = lockAccount(accountSubject).orElse(null);
        if (account == null) {
            return new Uncounted();
        }
        blocked = blockedUntil(subject, network, now); // those who came first may have blocked who waited for the row
        if (blocked.isPresent()) {
            return new Refused(Duration.between(now, blocked.get()));
        }
        if (account.isUsedUpFor(place)) {
            return new Refused(PasswordGuess.LONGEST_WAIT);
        }
        PasswordGuess guess = lock(subject).orElse(null);
        GuessingAddress source = network == null ? null : lockAddress(network).orElse(null);
        if (guess == null || (source == null && network != null)) {
            return new Uncounted();
        }
        Duration remaining = longest(
                guess.remainingWait(now), source == null ? Duration.ZERO : source.remainingWait(addressLimit, now));
        if (!remaining.isZero()) {
            return new Refused(remaining);
        }
        int suspicion = guess.failures() + (place.isKnown() ? 0 : 1);
        account.reserve(place, now);
        guess.reserve(now);
        Optional<User> user = claimant.user(users);
        if (source != null) {
            source.reserve(addressLimit, now);
            suspicion += bitLength(source.failures() - 1);
        }
        return new Reserved(
                claimant,
                accountSubject,
                subject,
                user.map(User::id).orElse(null),
                user.map(claimant::hash).orElse(null),
                suspicion,
                guess.blockedUntil(),
                network,
                source == null ? now : source.blockedUntil(),
                reachOfLast(account, place));
    }

    /**
     * Makes the counters of a guess, where there are none yet. A transaction of its own: of many who come first at once
     * one makes them, and the others wait for no more than that.
     */
    @Transactional(TxType.REQUIRES_NEW)
    void makeCounters(Claimant claimant, Optional<String> address, Instant now) {
        byte[] account = claimant.account(users);
        insertAccount(account, now);
        insert(claimant.place().subject(account), account, now);
        if (!claimant.place().isKnown()) {
            address.map(GuessingAddress::networkOf).ifPresent(network -> insertAddress(network, now));
        }
    }

    /** Not in proportion: of those who share an address nobody's turn moves away while others guess. */
    private static int bitLength(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count);
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static PasswordGuessesUsedUp.@Nullable Reach reachOfLast(GuessedAccount account, PasswordPlace place) {
        if (account.failures() == GuessedAccount.MOST_FAILURES) {
            return PasswordGuessesUsedUp.Reach.EVERYWHERE;
        }
        return account.isUsedUpFor(place) ? PasswordGuessesUsedUp.Reach.STRANGERS : null;
    }

    /**
     * Counts what became of a guess, and tells it in the same transaction.
     *
     * <p>A password is right only if its user is still enabled and still has the hash that it was checked against.
     *
     * @param settlement what follows from it: where it throws, the guess stays counted as wrong. It comes before the
     *     counters, because it locks the user
     */
    @Transactional
    <R> R settle(Reserved reserved, Verification verification, Instant now, Function<PasswordCheck, R> settlement) {
        PasswordCheck check = outcome(reserved, verification);
        R result = settlement.apply(check);
        Claimant claimant = reserved.claimant;
        if (check instanceof PasswordCheck.Wrong
                && reserved.usesUp != null
                && !claimant.organizationId().equals(Organizations.NONE)) {
            usedUp.fire(new PasswordGuessesUsedUp(claimant.organizationId(), reserved.userId, reserved.usesUp, now));
        }
        count(reserved, check, now);
        return result;
    }

    private void count(Reserved reserved, PasswordCheck check, Instant now) {
        boolean isRight = check instanceof PasswordCheck.Right;
        boolean isWrong = check instanceof PasswordCheck.Wrong;
        entities.flush(); // what else the transaction writes comes before the counters
        lockAccount(reserved.account).ifPresent(account -> {
            if (isRight) {
                account.clear(now);
            } else if (!isWrong) {
                account.giveBack(reserved.claimant.place());
            }
        });
        lock(reserved.subject).ifPresent(guess -> {
            if (isRight) {
                guess.clear(now);
            } else if (isWrong) {
                guess.confirm(now);
            } else {
                guess.giveBack(reserved.blockedUntil, now);
            }
        });
        Optional.ofNullable(reserved.network).flatMap(this::lockAddress).ifPresent(source -> {
            if (isWrong) {
                source.confirm(addressLimit, now);
            } else {
                source.giveBack(reserved.addressBlockedUntil, now);
            }
        });
    }

    /** The user has another password, or another name: what was counted for the account is forgotten. */
    @Transactional(TxType.MANDATORY)
    void forget(User user, Instant now) {
        byte[] account = Claimant.accountOf(user);
        entities.flush();
        lockAccount(account).ifPresent(found -> found.clear(now));
        entities.createQuery("delete from PasswordGuess g where g.account = :account")
                .setParameter("account", account)
                .executeUpdate();
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

    private Optional<Instant> blockedUntil(byte[] subject, @Nullable String network, Instant now) {
        Stream<Instant> ofPlace = entities.createQuery(
                        "select g.blockedUntil from PasswordGuess g where g.subject = :subject"
                                + " and g.failures >= :free and g.blockedUntil > :now",
                        Instant.class)
                .setParameter("subject", subject)
                .setParameter("free", PasswordGuess.FREE_FAILURES)
                .setParameter("now", now)
                .getResultStream();
        Stream<Instant> ofAddress = network == null || !addressLimit.isSet()
                ? Stream.empty()
                : entities.createQuery(
                                "select a.blockedUntil from GuessingAddress a where a.network = :network"
                                        + " and a.failures >= :free and a.blockedUntil > :now",
                                Instant.class)
                        .setParameter("network", network)
                        .setParameter("free", addressLimit.free())
                        .setParameter("now", now)
                        .getResultStream();
        return Stream.concat(ofPlace, ofAddress).max(Instant::compareTo);
    }

    /** Nothing here reads a counter before it is locked, so none has to be read twice. */
    private <E> Optional<E> lock(Class<E> type, Object id) {
        return RowLocks.findUnread(entities, type, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Guesses at one account wait for each other here. */
    private Optional<GuessedAccount> lockAccount(byte[] subject) {
        return lock(GuessedAccount.class, subject);
    }

    private Optional<PasswordGuess> lock(byte[] subject) {
        return lock(PasswordGuess.class, subject);
    }

    /** Strangers at one address wait for each other here. */
    private Optional<GuessingAddress> lockAddress(String network) {
        return lock(GuessingAddress.class, network);
    }

    private void insertAccount(byte[] subject, Instant now) {
        entities.createNativeQuery(
                        "insert into guessed_account (subject, failures, failures_of_strangers, last_guess_at)"
                                + " values (?1, 0, 0, ?2) on conflict do nothing")
                .setParameter(1, subject)
                .setParameter(2, now)
                .executeUpdate();
    }

    private void insert(byte[] subject, byte[] account, Instant now) {
        entities.createNativeQuery("insert into password_guess (subject, account, failures, blocked_until)"
                        + " values (?1, ?2, 0, ?3) on conflict do nothing")
                .setParameter(1, subject)
                .setParameter(2, account)
                .setParameter(3, now)
                .executeUpdate();
    }

    private void insertAddress(String network, Instant now) {
        entities.createNativeQuery("insert into guessing_address (network, failures, begun_at, blocked_until)"
                        + " values (?1, 0, ?2, ?2) on conflict do nothing")
                .setParameter(1, network)
                .setParameter(2, now)
                .executeUpdate();
    }

    /** What became of the wish to check a password. */
    sealed interface Reservation {}

    /** One of its counters is still to be {@linkplain #makeCounters made}. */
    record Uncounted() implements Reservation {}

    /** It comes too soon after wrong ones, or after too many, and is not looked at. */
    record Refused(Duration remaining) implements Reservation {}

    /**
     * It is counted as wrong until {@link #settle} knows better.
     *
     * @param account for which account
     * @param subject for which place
     * @param userId the user who is meant; null where there is none
     * @param hash what the password is checked against; null where there is nothing
     * @param suspicion the more, the more wrong ones there were for the account there, and from the address
     * @param blockedUntil until when this guess blocks the next one of the place
     * @param network at which address; null where that does not count
     * @param addressBlockedUntil until when this guess blocks the next one of the address
     * @param usesUp from where no password is looked at any more if this one is wrong; null where it is not the last
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Reserved(
            Claimant claimant,
            byte[] account,
            byte[] subject,
            @Nullable UUID userId,
            @Nullable String hash,
            int suspicion,
            Instant blockedUntil,
            @Nullable String network,
            Instant addressBlockedUntil,
            PasswordGuessesUsedUp.@Nullable Reach usesUp)
            implements Reservation {
        @Override
        public String toString() {
            return "Reserved[suspicion=" + suspicion + "]";
        }
    }
}

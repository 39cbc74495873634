package org.lapse.organizations.directory;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.lapse.platform.api.RemoteAddress;
import org.lapse.platform.clock.WallClock;

/**
 * Checks passwords: reserves a guess, hashes, settles the guess. Wrong ones are counted for the account, known or not,
 * at each {@linkplain PasswordPlace place} apart, and slow the next try there down; those of strangers are counted for
 * their address too. One that is right clears the count.
 *
 * <p>The hash takes longer than anything else, so it runs while no transaction is open: it holds no connection and no
 * lock. Anybody who calls this in a transaction would hold both, and is refused.
 */
@Singleton
@Transactional(TxType.NEVER)
public class PasswordChecks {
    private final PasswordGuesses guesses;
    private final StrangersInTurn turns;
    private final Passwords passwords;
    private final RemoteAddress remoteAddress;
    private final WallClock clock;

    @Inject
    PasswordChecks(
            PasswordGuesses guesses,
            StrangersInTurn turns,
            Passwords passwords,
            RemoteAddress remoteAddress,
            WallClock clock) {
        this.guesses = guesses;
        this.turns = turns;
        this.passwords = passwords;
        this.remoteAddress = remoteAddress;
        this.clock = clock;
    }

    /**
     * Whether this is the password of the user of that name.
     *
     * @param settlement what follows from it. It runs in the transaction that settles the guess, and rolls that back by
     *     throwing; where the guess is throttled it runs in none
     */
    public <R> R check(
            UUID organizationId,
            String username,
            PasswordPlace place,
            String password,
            Function<PasswordCheck, R> settlement) {
        return check(Claimant.named(organizationId, username, place, null), password, settlement);
    }

    /**
     * The same for a password that a session goes on knowing, whatever the user's password is now.
     *
     * @param knownHash the hash of that password, as it was stored
     */
    public <R> R checkKnown(
            UUID organizationId,
            String username,
            PasswordPlace place,
            String knownHash,
            String password,
            Function<PasswordCheck, R> settlement) {
        return check(Claimant.named(organizationId, username, place, knownHash), password, settlement);
    }

    /**
     * Whether this is the password of a user who is signed in. Wrong ones are counted apart from those at the sign-in,
     * so that anybody who sits at somebody's unlocked screen cannot keep them from signing in elsewhere.
     */
    public PasswordCheck checkAgain(UUID organizationId, UUID userId, String password) {
        return check(Claimant.signedIn(organizationId, userId), password, Function.identity());
    }

    private <R> R check(Claimant claimant, String password, Function<PasswordCheck, R> settlement) {
        Optional<String> address = address();
        PasswordGuesses.Reservation reservation = turns.enter(claimant, () -> reserve(claimant, address));
        if (reservation instanceof PasswordGuesses.Reserved reserved) {
            // Who is known, and who has few failures, comes first: guessers do not slow down who knows a password.
            Verification verification = passwords.verify(password, reserved.hash(), reserved.suspicion());
            return turns.enter(claimant, () -> guesses.settle(reserved, verification, clock.now(), settlement));
        }
        PasswordGuesses.Refused refused = (PasswordGuesses.Refused) reservation;
        return settlement.apply(new PasswordCheck.Throttled(refused.remaining()));
    }

    private PasswordGuesses.Reservation reserve(Claimant claimant, Optional<String> address) {
        PasswordGuesses.Reservation reservation = guesses.reserve(claimant, address, clock.now());
        while (reservation instanceof PasswordGuesses.Uncounted) {
            guesses.makeCounters(claimant, address, clock.now());
            reservation = guesses.reserve(claimant, address, clock.now());
        }
        return reservation;
    }

    private Optional<String> address() {
        try {
            return remoteAddress.find();
        } catch (ContextNotActiveException noRequest) {
            return Optional.empty();
        }
    }
}

package org.lapse.organizations.directory;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.lapse.platform.api.RemoteAddress;
import org.lapse.platform.clock.WallClock;

/**
 * Checks passwords: reserves a guess, hashes, settles the guess. Wrong ones are counted for the name, known or not, and
 * slow the next try down; one that is right clears the count.
 *
 * <p>The hash takes longer than anything else, so it runs while no transaction is open: it holds no connection and no
 * lock. Anybody who calls this in a transaction would hold both, and is refused.
 */
@Singleton
@Transactional(TxType.NEVER)
public class PasswordChecks {
    private final PasswordGuesses guesses;
    private final Passwords passwords;
    private final AddressHistory addresses;
    private final RemoteAddress remoteAddress;
    private final WallClock clock;

    @Inject
    PasswordChecks(
            PasswordGuesses guesses,
            Passwords passwords,
            AddressHistory addresses,
            RemoteAddress remoteAddress,
            WallClock clock) {
        this.guesses = guesses;
        this.passwords = passwords;
        this.addresses = addresses;
        this.remoteAddress = remoteAddress;
        this.clock = clock;
    }

    /**
     * Whether this is the password of the user of that name.
     *
     * @param settlement what follows from it. It runs in the transaction that settles the guess, and rolls that back by
     *     throwing; where the guess is throttled it runs in none
     */
    public <R> R check(UUID organizationId, String username, String password, Function<PasswordCheck, R> settlement) {
        return check(Claimant.named(organizationId, username), password, settlement);
    }

    /**
     * The same for a password that a session goes on knowing, whatever the user's password is now.
     *
     * @param knownHash the hash of that password, as it was stored
     */
    public <R> R checkKnown(
            UUID organizationId,
            String username,
            String knownHash,
            String password,
            Function<PasswordCheck, R> settlement) {
        return check(Claimant.knownBy(organizationId, username, knownHash), password, settlement);
    }

    /**
     * Whether this is the password of a user who is signed in. Wrong ones are counted apart from those at the sign-in,
     * so that anybody who sits at somebody's unlocked screen cannot keep them from signing in elsewhere.
     */
    public PasswordCheck checkAgain(UUID organizationId, UUID userId, String password) {
        return check(Claimant.signedIn(organizationId, userId), password, Function.identity());
    }

    private <R> R check(Claimant claimant, String password, Function<PasswordCheck, R> settlement) {
        Instant now = clock.now();
        PasswordGuesses.Reservation reservation = guesses.reserve(claimant, now);
        if (reservation instanceof PasswordGuesses.Reserved reserved) {
            Verification verification = verify(reserved, password, now);
            return guesses.settle(reserved, verification, clock.now(), settlement);
        }
        PasswordGuesses.Refused refused = (PasswordGuesses.Refused) reservation;
        return settlement.apply(new PasswordCheck.Throttled(refused.remaining()));
    }

    /**
     * Names and addresses without recent failures come first, so that guessers do not slow down who knows a password.
     */
    private Verification verify(PasswordGuesses.Reserved reserved, String password, Instant now) {
        byte[] subject = reserved.claimant().subject();
        Optional<String> address = address();
        int suspicion =
                address.map(from -> addresses.reserve(from, subject, now)).orElse(0);
        Verification verification = passwords.verify(password, reserved.hash(), reserved.failures() + suspicion);
        switch (verification) {
            case MATCHES -> address.ifPresent(from -> addresses.succeeded(from, subject));
            case NOT_TRIED -> address.ifPresent(addresses::giveBack);
            case DIFFERS -> {} // as counted
        }
        return verification;
    }

    private Optional<String> address() {
        try {
            return remoteAddress.find();
        } catch (ContextNotActiveException noRequest) {
            return Optional.empty();
        }
    }
}

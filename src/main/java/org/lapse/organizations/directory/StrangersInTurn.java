package org.lapse.organizations.directory;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lapse.platform.api.ApiException;

/**
 * Strangers who try passwords of one account wait for each other here, before they take a connection of the database.
 * They would wait for the account's row there, and many of them would leave no connection to anybody else. Who is known
 * waits for no stranger.
 */
@Singleton
class StrangersInTurn {
    /** So many strangers are at the rows of an account at the same time. */
    static final int PLACES = 3;

    private static final int ACCOUNTS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int RETRY_AFTER_SECONDS = 1;

    private final Semaphore[] turns =
            Stream.generate(() -> new Semaphore(PLACES, true)).limit(ACCOUNTS).toArray(Semaphore[]::new);
    private final Duration patience;

    StrangersInTurn() {
        this(PATIENCE);
    }

    StrangersInTurn(Duration patience) {
        this.patience = patience;
    }

    /**
     * Does something with the rows of an account that somebody claims.
     *
     * @throws ApiException 503 where too many strangers try passwords of that account
     */
    <R> R enter(Claimant claimant, Supplier<R> work) {
        return claimant.place().isKnown() ? work.get() : enter(claimant.queue(), work);
    }

    <R> R enter(int account, Supplier<R> work) {
        Semaphore turn = turns[Math.floorMod(account, ACCOUNTS)];
        await(turn);
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }

    private void await(Semaphore turn) {
        boolean entered = false;
        try {
            entered = turn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!entered) {
            throw ApiException.serviceUnavailable(
                    "Too many passwords of this account are being tried.", RETRY_AFTER_SECONDS);
        }
    }
}

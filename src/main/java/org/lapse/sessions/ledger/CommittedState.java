package org.lapse.sessions.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the database says of a session since a change of it was committed. The version is larger than that of every
 * earlier change, so that the ledger knows which of two is the later one, whatever order they come in.
 *
 * @param <T> what the ledger keeps with a session
 */
public sealed interface CommittedState<T> {
    /** The session. */
    UUID id();

    /** The version of its row. */
    long version();

    /**
     * The session has an access token, which gives access unless the session is locked.
     *
     * @param id the session
     * @param version the version of its row
     * @param locked why it is locked; empty where it is not
     * @param token its access token
     * @param expiresAt when the access token's life is over
     * @param formerToken the access token that it had before, while that one is still good; empty if there is none
     * @param principal what to keep with it; empty where the change did not touch that
     * @param lastActivity the last activity that the row knows of
     * @param use what that activity was, by a number less than {@link LiveSession#USES}
     * @param heldUntil the end of its hold, also where it has passed; empty if it is not held
     * @param written the last activity that stands in the row, where {@code lastActivity} is a later guess
     */
    record Live<T>(
            UUID id,
            long version,
            Optional<LockReason> locked,
            TokenDigest token,
            Instant expiresAt,
            Optional<Former> formerToken,
            Optional<T> principal,
            Instant lastActivity,
            int use,
            Optional<Instant> heldUntil,
            Instant written)
            implements CommittedState<T> {
        /** What a row says, without a guess. */
        public Live(
                UUID id,
                long version,
                Optional<LockReason> locked,
                TokenDigest token,
                Instant expiresAt,
                Optional<Former> formerToken,
                Optional<T> principal,
                Instant lastActivity,
                int use,
                Optional<Instant> heldUntil) {
            this(
                    id,
                    version,
                    locked,
                    token,
                    expiresAt,
                    formerToken,
                    principal,
                    lastActivity,
                    use,
                    heldUntil,
                    lastActivity);
        }

        /** Whether it gives no access before its user has come back. */
        public boolean isLocked() {
            return locked.isPresent();
        }

        /** Whether the last activity is a guess, later than what stands in the row. */
        boolean isGuessed() {
            return written.isBefore(lastActivity);
        }

        /** The same with another last activity, because a crash may have kept a later one from being written. */
        public Live<T> activeAt(Instant activity) {
            return new Live<>(
                    id, version, locked, token, expiresAt, formerToken, principal, activity, use, heldUntil, written);
        }
    }

    /**
     * The session is locked. Nothing else was changed.
     *
     * @param id the session
     * @param version the version of its row
     * @param previous the version that the row had before
     * @param reason why it is locked
     */
    record Locked<T>(UUID id, long version, long previous, LockReason reason) implements CommittedState<T> {}

    /** The session gives no access any more: it has ended, or waits without a token for its refresh. */
    record Over<T>(UUID id, long version) implements CommittedState<T> {}

    /**
     * An access token in whose place another one was given.
     *
     * @param token its digest
     * @param goodUntil until when the calls pass that are under way with it
     */
    record Former(TokenDigest token, Instant goodUntil) {}
}

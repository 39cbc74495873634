package org.lapse.organizations.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who says that a password is theirs, and where. It tells whose hash the password is checked against, and for which
 * account wrong ones count.
 *
 * @see <a href="https://pages.nist.gov/800-63-3/sp800-63-3.html#def-and-acr">NIST SP 800-63-3, appendix A: claimant</a>
 */
final class Claimant {
    private final UUID organizationId;
    private final PasswordPlace place;
    private final Function<Users, Optional<User>> user;
    private final Function<Users, String> account;
    private final @Nullable String knownHash;
    private final int queue;

    private Claimant(
            UUID organizationId,
            PasswordPlace place,
            Function<Users, Optional<User>> user,
            Function<Users, String> account,
            @Nullable String knownHash,
            int queue) {
        this.organizationId = organizationId;
        this.place = place;
        this.user = user;
        this.account = account;
        this.knownHash = knownHash;
        this.queue = queue;
    }

    /**
     * Somebody who gives a name; wrong passwords count for the name, whether anybody has it or not.
     *
     * @param knownHash the hash of a password that is asked for whatever the user's is now; null for the user's
     */
    static Claimant named(UUID organizationId, String username, PasswordPlace place, @Nullable String knownHash) {
        String account = account(organizationId, User.normalized(username));
        return new Claimant(
                organizationId,
                place,
                users -> users.findByUsername(organizationId, username),
                users -> account,
                knownHash,
                account.hashCode());
    }

    /** Somebody who is signed in. */
    static Claimant signedIn(UUID organizationId, UUID userId) {
        Function<Users, Optional<User>> user = users -> users.find(organizationId, userId);
        return new Claimant(
                organizationId,
                PasswordPlace.signedIn(userId),
                user,
                users -> user.apply(users)
                        .map(found -> account(organizationId, found.username()))
                        .orElse("user " + userId),
                null,
                userId.hashCode());
    }

    private static String account(UUID organizationId, String username) {
        return organizationId + " " + username;
    }

    /** For which account a user's wrong passwords count. */
    static byte[] accountOf(User user) {
        return digest(account(user.organizationId(), user.username()));
    }

    /** The same number for all who claim the same account in the same way. */
    int queue() {
        return queue;
    }

    UUID organizationId() {
        return organizationId;
    }

    PasswordPlace place() {
        return place;
    }

    /** For which account wrong passwords count: a digest, because what is typed as a name may be a password. */
    byte[] account(Users users) {
        return digest(account.apply(users));
    }

    /** The user who is meant, if there is one. */
    Optional<User> user(Users users) {
        return user.apply(users);
    }

    /** The hash that the password must have; null where there is none. */
    @Nullable
    String hash(User found) {
        return knownHash == null ? found.passwordHash() : knownHash;
    }

    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

package org.lapse.organizations.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who says that a password is theirs. It tells whose hash the password is checked against, and for whom wrong ones
 * count.
 *
 * @see <a href="https://pages.nist.gov/800-63-3/sp800-63-3.html#def-and-acr">NIST SP 800-63-3, appendix A: claimant</a>
 */
final class Claimant {
    private final String countedFor;
    private final Function<Users, Optional<User>> user;
    private final @Nullable String knownHash;

    private Claimant(String countedFor, Function<Users, Optional<User>> user, @Nullable String knownHash) {
        this.countedFor = countedFor;
        this.user = user;
        this.knownHash = knownHash;
    }

    /** Somebody who gives a name to sign in; wrong passwords count for the name, whether anybody has it or not. */
    static Claimant named(UUID organizationId, String username) {
        return knownBy(organizationId, username, null);
    }

    /** The same, and the password is that of a known hash, whatever the user's password is now. */
    static Claimant knownBy(UUID organizationId, String username, @Nullable String knownHash) {
        return new Claimant(
                organizationId + " " + User.normalized(username),
                users -> users.findByUsername(organizationId, username),
                knownHash);
    }

    /** Somebody who is signed in. Wrong passwords count apart from those at the sign-in. */
    static Claimant signedIn(UUID organizationId, UUID userId) {
        return new Claimant("user " + userId, users -> users.find(organizationId, userId), null);
    }

    /** For whom wrong passwords count: a digest, because what is typed as a name may be a password. */
    byte[] subject() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(countedFor.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
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
}

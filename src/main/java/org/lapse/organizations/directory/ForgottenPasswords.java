package org.lapse.organizations.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How somebody who has forgotten the password gets another one, by a link that an administrator has made. It signs
 * nobody in: who has a second factor, or must have one, needs it at the next sign-in as ever.
 */
@Singleton
@Transactional(TxType.NEVER)
public class ForgottenPasswords {
    private final PasswordLinks links;
    private final PasswordOwners owners;
    private final Passwords passwords;

    @Inject
    ForgottenPasswords(PasswordLinks links, PasswordOwners owners, Passwords passwords) {
        this.links = links;
        this.owners = owners;
        this.passwords = passwords;
    }

    /** Whose password may be set by the code of a link; empty where it is void. */
    public Optional<User> owner(String code) {
        return links.find(code);
    }

    /**
     * Sets the password of a user, ends all sessions and sign-ins of theirs, and forgives the wrong passwords so far.
     *
     * @param owner whose code it is, as {@link #owner} tells
     */
    public Outcome replace(User owner, String code, @Nullable String newPassword) {
        Passwords.Chosen chosen = passwords.choose(newPassword, owners.find(owner.organizationId(), owner.id()));
        if (chosen instanceof Passwords.Chosen.Refused refused) {
            return new Outcome.Refused(refused.objection());
        }
        if (chosen instanceof Passwords.Chosen.Hashed hashed) {
            return links.use(code, hashed.hash())
                    .<Outcome>map(Outcome.Replaced::new)
                    .orElseGet(Outcome.Gone::new);
        }
        return new Outcome.Busy();
    }

    /** What became of it. */
    public sealed interface Outcome {
        /** The user has the new password. */
        record Replaced(User user) implements Outcome {}

        /** The password is not good enough; the link goes on. */
        record Refused(PasswordObjection objection) implements Outcome {}

        /** The link has just ended. */
        record Gone() implements Outcome {}

        /** Too many passwords are being hashed; the link goes on. */
        record Busy() implements Outcome {}
    }
}

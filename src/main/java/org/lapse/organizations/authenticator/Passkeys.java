package org.lapse.organizations.authenticator;

import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.RegistrationData;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.authenticator.PublicKeyCredentials.Use;
import org.lapse.organizations.authenticator.PublicKeyCredentials.UserVerification;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.database.RowLocks;

/**
 * The passkeys of all users. An answer to a challenge locks the user first, then the passkey. A good answer
 * uses the challenge up.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/">Web Authentication, Level 3</a>
 */
@Singleton
@Transactional
public class Passkeys {
    /** How many passkeys a user has at the most. */
    static final int MOST = 20;

    private final EntityManager entities;
    private final Users users;
    private final PasskeyChallenges challenges;
    private final PublicKeyCredentials credentials;
    private final RelyingParty relyingParty;
    private final OneTimeCodes codes;
    private final Event<AuthenticatorEvent> events;

    @Inject
    Passkeys(
            EntityManager entities,
            Users users,
            PasskeyChallenges challenges,
            PublicKeyCredentials credentials,
            RelyingParty relyingParty,
            OneTimeCodes codes,
            Event<AuthenticatorEvent> events) {
        this.entities = entities;
        this.users = users;
        this.challenges = challenges;
        this.credentials = credentials;
        this.relyingParty = relyingParty;
        this.codes = codes;
        this.events = events;
    }

    /** What a browser is asked to sign with any passkey that its user has for us. */
    public PasskeyOptions.Request ask(PasskeyBinding binding, Instant now) {
        return PasskeyOptions.Request.of(
                relyingParty, challenges.issue(binding, now), List.of(), UserVerification.REQUIRED);
    }

    /**
     * What a browser is asked to sign with one of a user's passkeys, as the only factor.
     */
    public PasskeyOptions.Request ask(UUID userId, PasskeyBinding binding, Instant now) {
        return ask(userId, binding, UserVerification.REQUIRED, now);
    }

    /** The same, after the password was given. */
    public PasskeyOptions.Request askAsSecond(UUID userId, PasskeyBinding binding, Instant now) {
        return ask(userId, binding, UserVerification.PREFERRED, now);
    }

    private PasskeyOptions.Request ask(
            UUID userId, PasskeyBinding binding, UserVerification userVerification, Instant now) {
        return PasskeyOptions.Request.of(relyingParty, challenges.issue(binding, now), of(userId), userVerification);
    }

    /**
     * Whether somebody of an organization has answered the challenge of that binding with a passkey, and proved to the
     * authenticator who they are.
     *
     * @param expected whose passkey it has to be; empty for anybody's
     * @param applicationId to which application
     * @param json an {@code AuthenticationResponseJSON}
     */
    public Optional<PasskeyUse> check(
            UUID organizationId,
            Optional<UUID> expected,
            PasskeyBinding binding,
            @Nullable String applicationId,
            String json,
            Instant now) {
        return check(organizationId, expected, binding, applicationId, json, UserVerification.REQUIRED, now);
    }

    /** The same for a user who has given the password: the authenticator need not verify who uses it. */
    public Optional<PasskeyUse> checkAsSecond(
            User user, PasskeyBinding binding, @Nullable String applicationId, String json, Instant now) {
        return check(
                user.organizationId(),
                Optional.of(user.id()),
                binding,
                applicationId,
                json,
                UserVerification.PREFERRED,
                now);
    }

    private Optional<PasskeyUse> check(
            UUID organizationId,
            Optional<UUID> expected,
            PasskeyBinding binding,
            @Nullable String applicationId,
            String json,
            UserVerification userVerification,
            Instant now) {
        AuthenticationData answer = credentials.readAuthentication(json).orElse(null);
        Optional<byte[]> challenge =
                answer == null ? Optional.empty() : PublicKeyCredentials.challengeOf(answer.getCollectedClientData());
        if (answer == null || challenge.isEmpty() || !challenges.isGood(binding, challenge.get(), now)) {
            return Optional.empty();
        }
        Found found = find(answer.getCredentialId()).orElse(null);
        User user = found == null
                ? null
                : users.find(organizationId, found.userId()).orElse(null);
        if (found == null
                || user == null
                || expected.filter(other -> !other.equals(user.id())).isPresent()) {
            return Optional.empty();
        }
        boolean enabled = users.lockEnabled(user.id()).isPresent();
        Passkey passkey = lock(found.id()).orElse(null);
        if (passkey == null) {
            return Optional.empty();
        }
        Optional<Use> use = Optional.of(answer)
                .filter(given -> enabled && namesUser(given.getUserHandle(), user.id()))
                .flatMap(given -> credentials.verify(given, passkey.credential(), challenge.get(), userVerification))
                .filter(one -> challenges.redeem(challenge.get()));
        use.ifPresent(one -> {
            passkey.used(one.signatureCount(), one.backedUp(), now);
            codes.forgetGuesses(user.id());
        });
        tell(
                user,
                applicationId,
                use.isPresent() ? AuthenticatorEvent.Kind.USE : AuthenticatorEvent.Kind.REFUSE,
                passkey,
                now);
        return use.map(one -> new PasskeyUse(user, one.userVerified()));
    }

    /** An authenticator that names a user names the one whom it was given when the passkey was made. */
    private static boolean namesUser(byte @Nullable [] userHandle, UUID userId) {
        return userHandle == null || userHandle.length == 0 || Arrays.equals(userHandle, handleOf(userId));
    }

    private static byte[] handleOf(UUID userId) {
        return ByteBuffer.allocate(16)
                .putLong(userId.getMostSignificantBits())
                .putLong(userId.getLeastSignificantBits())
                .array();
    }

    /** What a browser is asked to make a new passkey for. */
    public PasskeyOptions.Creation askToCreate(User user, PasskeyBinding binding, Instant now) {
        return PasskeyOptions.Creation.of(
                relyingParty, challenges.issue(binding, now), handleOf(user.id()), user, of(user.id()));
    }

    /**
     * Adds a passkey while its user signs in, who must have a second factor and has none.
     *
     * @param json a {@code RegistrationResponseJSON}
     * @return false where it is not good
     */
    public boolean enrol(
            User user, PasskeyBinding binding, @Nullable String applicationId, String name, String json, Instant now) {
        return add(user, binding, applicationId, name, json, now) instanceof Addition.Added;
    }

    /**
     * Adds a passkey that answers the challenge of that binding. The caller has locked the user.
     *
     * @param json a {@code RegistrationResponseJSON}
     */
    Addition add(
            User user, PasskeyBinding binding, @Nullable String applicationId, String name, String json, Instant now) {
        RegistrationData answer = credentials.readRegistration(json).orElse(null);
        Optional<byte[]> challenge =
                answer == null ? Optional.empty() : PublicKeyCredentials.challengeOf(answer.getCollectedClientData());
        if (answer == null || challenge.isEmpty() || !challenges.isGood(binding, challenge.get(), now)) {
            return new Addition.Refused();
        }
        if (of(user.id()).size() >= MOST) {
            return new Addition.TooMany();
        }
        Passkey.Credential credential =
                credentials.verify(answer, challenge.get()).orElse(null);
        if (credential == null
                || !challenges.redeem(challenge.get())
                || find(credential.id()).isPresent()) {
            return new Addition.Refused();
        }
        Passkey passkey = new Passkey(user.id(), name, credential, now);
        entities.persist(passkey);
        entities.flush();
        tell(user, applicationId, AuthenticatorEvent.Kind.ENROLL, passkey, now);
        return new Addition.Added(passkey);
    }

    /** A user's passkeys, the oldest first. */
    List<Passkey> of(UUID userId) {
        return entities.createQuery(
                        "select p from Passkey p where p.userId = :user order by p.createdAt, p.id", Passkey.class)
                .setParameter("user", userId)
                .getResultList();
    }

    /** One of a user's passkeys, locked. The caller has locked the user. */
    Optional<Passkey> find(UUID userId, UUID passkeyId) {
        return lock(passkeyId).filter(found -> found.userId().equals(userId));
    }

    void delete(Passkey passkey) {
        entities.remove(passkey);
        entities.flush();
    }

    private Optional<Found> find(byte[] credentialId) {
        return entities.createQuery("select p.id, p.userId from Passkey p where p.credentialId = :id", Found.class)
                .setParameter("id", credentialId)
                .getResultStream()
                .findFirst();
    }

    private Optional<Passkey> lock(UUID passkeyId) {
        return RowLocks.find(entities, Passkey.class, passkeyId, LockModeType.PESSIMISTIC_WRITE);
    }

    private void tell(
            User user, @Nullable String applicationId, AuthenticatorEvent.Kind kind, Passkey passkey, Instant now) {
        events.fire(new AuthenticatorEvent(
                user.organizationId(), user.id(), applicationId, kind, Factor.PASSKEY, passkey.name(), now));
    }

    /**
     * Somebody has proved who they are with a passkey.
     *
     * @param user who
     * @param userVerified whether the authenticator has verified its user, so that this is two factors
     */
    public record PasskeyUse(User user, boolean userVerified) {
        /** What was done, for tokens. */
        public AuthenticationMethods methods() {
            return AuthenticationMethods.passkey(userVerified ? Set.of(AuthenticationMethods.MFA) : Set.of());
        }
    }

    /** Which passkey has that credential id. */
    record Found(UUID id, UUID userId) {}

    /** What became of a new passkey. */
    sealed interface Addition {
        /** It is there. */
        record Added(Passkey passkey) implements Addition {}

        /** It does not answer the challenge, cannot be verified, or is somebody's already. */
        record Refused() implements Addition {}

        /** The user has as many as one may have. */
        record TooMany() implements Addition {}
    }
}

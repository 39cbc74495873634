package org.lapse.organizations.authenticator;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.SecondFactors;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserDisabled;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.settings.MultifactorRequirements;
import org.lapse.platform.api.DemonstrationMode;
import org.lapse.platform.api.Permission;

/**
 * What users have besides the password, and who must have something. Required of everybody of an organization or of
 * members of groups by its settings, and of administrators by {@code
 * lapse.second-factor.administrators}.
 */
@Singleton
@Transactional
public class SecondFactorPolicy implements SecondFactors {
    private final EntityManager entities;
    private final Passkeys passkeys;
    private final OneTimeCodes codes;
    private final RecoveryCodes recoveryCodes;
    private final MultifactorRequirements requirements;
    private final Users users;
    private final boolean requiredOfAdministrators;

    @Inject
    SecondFactorPolicy(
            EntityManager entities,
            Passkeys passkeys,
            OneTimeCodes codes,
            RecoveryCodes recoveryCodes,
            MultifactorRequirements requirements,
            Users users,
            DemonstrationMode demonstration,
            @ConfigProperty(name = "lapse.second-factor.administrators") Optional<String> administrators) {
        this.entities = entities;
        this.passkeys = passkeys;
        this.codes = codes;
        this.recoveryCodes = recoveryCodes;
        this.requirements = requirements;
        this.users = users;
        this.requiredOfAdministrators = switch (administrators.orElse(demonstration.isOn() ? "optional" : "required")) {
            case "required" -> true;
            case "optional" -> false;
            default ->
                throw new IllegalArgumentException(
                        "lapse.second-factor.administrators is required or optional, not " + administrators.get());
        };
    }

    /** What a user has. */
    public Enrolled of(UUID userId) {
        return new Enrolled(
                passkeys.of(userId).size(), codes.confirmedAt(userId).isPresent(), recoveryCodes.remaining(userId));
    }

    /**
     * Whether a user who has given the password has to prove more.
     *
     * @param asked what the application asks for
     */
    public boolean areAskedOf(User user, AssuranceLevel asked) {
        return asked == AssuranceLevel.AAL2 || of(user.id()).isAny() || areRequiredOf(user);
    }

    @Override
    public boolean areInForce(UUID organizationId, UUID userId) {
        return of(userId).isAny();
    }

    /** Whether a user must have a second factor. */
    public boolean areRequiredOf(User user) {
        return areRequiredOf(user.organizationId(), users.entitlements(user));
    }

    /** Whether somebody of an organization with these groups and permissions must have a second factor. */
    public boolean areRequiredOf(UUID organizationId, Entitlements entitlements) {
        return (requiredOfAdministrators
                        && entitlements.permissions().contains(Permission.DIRECTORY_ORGANIZATION_ADMIN.wireName()))
                || requirements.concern(organizationId, entitlements.groups());
    }

    /** Forgets all that a user has; the caller has locked the user. */
    void deleteAllOf(UUID userId) {
        entities.flush();
        entities.createQuery("delete from Passkey p where p.userId = :user")
                .setParameter("user", userId)
                .executeUpdate();
        codes.delete(userId);
        codes.forgetGuesses(userId);
        recoveryCodes.deleteOf(userId);
        entities.flush();
    }

    /** Secrets of somebody who was deleted are of no use to anybody. */
    void forget(@Observes UserDisabled disabled) {
        boolean deleted = entities.createQuery(
                                "select count(u) from User u where u.id = :id and u.deletedAt is not null", Long.class)
                        .setParameter("id", disabled.userId())
                        .getSingleResult()
                > 0;
        if (deleted) {
            deleteAllOf(disabled.userId());
        }
    }

    /**
     * What a user has.
     *
     * @param passkeys how many
     * @param totp whether there is an authenticator app
     * @param recoveryCodes how many are left
     */
    public record Enrolled(int passkeys, boolean totp, int recoveryCodes) {
        /** Whether there is one by which the user signs in; recovery codes alone are none. */
        public boolean isAny() {
            return passkeys > 0 || totp;
        }
    }
}

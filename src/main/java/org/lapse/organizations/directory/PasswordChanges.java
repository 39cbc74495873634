package org.lapse.organizations.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.PermissionScopes;

/**
 * How a user gets another password. The new one is hashed before the transaction that stores it begins, because a hash
 * takes long.
 */
@Singleton
@Transactional(TxType.NEVER)
public class PasswordChanges {
    private static final String NEW_PASSWORD = "newPassword";

    private final UserAccounts accounts;
    private final PasswordChecks checks;
    private final Passwords passwords;
    private final PasswordOwners owners;

    @Inject
    PasswordChanges(UserAccounts accounts, PasswordChecks checks, Passwords passwords, PasswordOwners owners) {
        this.accounts = accounts;
        this.checks = checks;
        this.passwords = passwords;
        this.owners = owners;
    }

    /**
     * Gives a user another password.
     *
     * @param others what becomes of the user's sessions, but the caller's own
     * @throws ApiException 403 {@code not.authorized} where the user may do what the caller may not
     */
    void set(Caller caller, UUID userId, @Nullable String newPassword, OtherSessions others) {
        accounts.mustMaySetPassword(caller, userId);
        String newHash = passwords.hashChosen(
                NEW_PASSWORD, newPassword, owners.find(caller.organizationId(), userId), Locale.ENGLISH);
        accounts.setPassword(caller, userId, newHash, others);
    }

    /**
     * Gives the caller another password, who knows the present one.
     *
     * @param others what becomes of the caller's other sessions
     * @param signInId the sign-in of the browser that makes the change; null where a session does
     * @param language in which a refusal of the new password is told
     * @throws ApiException 400 {@code invalid.password} where the old one is wrong or the new one is not good enough,
     *     429 after too many wrong ones
     */
    public void changeOwn(
            Caller caller,
            UUID userId,
            String oldPassword,
            @Nullable String newPassword,
            OtherSessions others,
            @Nullable UUID signInId,
            Locale language) {
        PasswordCheck check = checks.checkAgain(caller.organizationId(), userId, oldPassword);
        if (check instanceof PasswordCheck.Right right) {
            String newHash = passwords.hashChosen(
                    NEW_PASSWORD, newPassword, owners.find(caller.organizationId(), userId), language);
            accounts.replacePassword(caller, userId, right.user().passwordHash(), newHash, others, signInId);
            return;
        }
        if (check instanceof PasswordCheck.Throttled throttled) {
            throw ApiException.tooManyRequests(
                    "There were too many wrong passwords: wait before the next one.",
                    throttled.remaining().plusMillis(999).toSeconds());
        }
        throw check instanceof PasswordCheck.Busy ? Passwords.busy() : wrongOldPassword();
    }

    /**
     * Gives a user whose password must change another one, who has just given the present one.
     *
     * @param user as the password was checked
     * @param applicationId to which the user signs in
     * @param language in which a refusal of the new password is told
     * @throws ApiException 400 {@code invalid.password} where it is not good enough, or somebody was quicker
     */
    public void replaceDemanded(User user, String applicationId, String newPassword, Locale language) {
        Caller itself = new Caller(
                user.organizationId(), applicationId, user.id(), user.username(), Set.of(), PermissionScopes.ALL);
        String newHash = passwords.hashChosen(
                NEW_PASSWORD, newPassword, owners.find(user.organizationId(), user.id()), language);
        accounts.replaceDemanded(itself, user.id(), user.passwordHash(), newHash);
    }

    /** 400 {@code invalid.password}: the old password is another. */
    static ApiException wrongOldPassword() {
        return ApiException.invalidPassword("oldPassword", "The old password is not right.");
    }
}

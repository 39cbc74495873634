package org.lapse.organizations.authenticator;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.api.Texts;
import org.lapse.platform.clock.WallClock;

/**
 * What users change about their own authenticators, and administrators about those of others. Each method is one
 * transaction; a change locks the user alone.
 */
@Singleton
@Transactional
class Authenticators {
    private final OwnAuthenticators own;
    private final Passkeys passkeys;
    private final OneTimeCodes codes;
    private final SecondFactorPolicy factors;
    private final RecentAuthentication recent;
    private final Users users;
    private final Event<Administered> administered;
    private final Event<SecondFactorsRemoved> removed;
    private final WallClock clock;

    @Inject
    Authenticators(
            OwnAuthenticators own,
            Passkeys passkeys,
            OneTimeCodes codes,
            SecondFactorPolicy factors,
            RecentAuthentication recent,
            Users users,
            Event<Administered> administered,
            Event<SecondFactorsRemoved> removed,
            WallClock clock) {
        this.own = own;
        this.passkeys = passkeys;
        this.codes = codes;
        this.factors = factors;
        this.recent = recent;
        this.users = users;
        this.administered = administered;
        this.removed = removed;
        this.clock = clock;
    }

    AuthenticatorsBody of(Caller caller) {
        return own.of(me(caller), MyAuthenticatorsResource.PATH);
    }

    AuthenticatorsBody of(Caller caller, UUID userId) {
        return own.of(find(caller, userId), "/api/v2/users/" + userId + "/authenticators");
    }

    PasskeyOptions.Creation askForPasskey(Caller caller) {
        return own.askForPasskey(meToChange(caller), holderOf(caller));
    }

    AuthenticatorsBody.PasskeyBody addPasskey(
            Caller caller, @Nullable String name, @Nullable Map<String, Object> credential) {
        User user = meToChange(caller);
        String validName = Texts.name("name", name);
        if (credential == null) {
            throw ApiException.invalidValue("credential", "This is what navigator.credentials.create() has answered.");
        }
        return own.addPasskey(user, caller.applicationId(), holderOf(caller), validName, StrictJson.text(credential));
    }

    AuthenticatorsBody.PasskeyBody renamePasskey(Caller caller, UUID passkeyId, @Nullable String name) {
        Passkey passkey = passkeys.find(meToChange(caller).id(), passkeyId).orElseThrow(ApiException::notFound);
        passkey.rename(Texts.name("name", name));
        return AuthenticatorsBody.PasskeyBody.of(passkey);
    }

    void deletePasskey(Caller caller, UUID passkeyId) {
        own.deletePasskey(meToChange(caller), caller.applicationId(), passkeyId);
    }

    OneTimeCodes.Enrolment beginTotp(Caller caller) {
        return codes.begin(meToChange(caller), holderOf(caller), clock.now());
    }

    AuthenticatorsBody confirmTotp(Caller caller, @Nullable String code) {
        User user = meToChange(caller);
        if (code == null || !codes.confirm(user, holderOf(caller), caller.applicationId(), code, clock.now())) {
            throw ApiException.invalidValue(
                    "code", "This is not the code that the app shows now, or the secret has waited for too long.");
        }
        return own.of(user, MyAuthenticatorsResource.PATH);
    }

    void deleteTotp(Caller caller) {
        own.deleteTotp(meToChange(caller), caller.applicationId());
    }

    List<String> replaceRecoveryCodes(Caller caller) {
        return own.replaceRecoveryCodes(meToChange(caller), caller.applicationId());
    }

    /**
     * Forgets all that a user has besides the password, who has lost it. Who does so for others has signed in lately, with
     * two factors if they have two; an application on its own does so at any time.
     *
     * @throws ApiException 403 {@code not.authorized} where the user may do what the caller may not, 409 where it is
     *     the caller, 401 {@code insufficient_user_authentication} where the caller has to sign in again
     */
    void reset(Caller caller, UUID userId) {
        User user = find(caller, userId);
        if (caller.userId().filter(userId::equals).isPresent()) {
            throw ApiException.conflict("Remove your own at " + MyAuthenticatorsResource.PATH + ".");
        }
        users.lock(List.of(userId));
        recent.demand(caller);
        caller.mustHoldAll(users.entitlements(user).permissions());
        AuthenticatorsBody before = of(caller, userId);
        factors.deleteAllOf(userId);
        removed.fire(new SecondFactorsRemoved(userId));
        administered.fire(new Administered(
                caller, "user.authenticators.delete", "user", userId.toString(), before, of(caller, userId)));
    }

    private static String holderOf(Caller caller) {
        return Optional.ofNullable(caller.<String>getClaim("sid")).orElse("");
    }

    private User meToChange(Caller caller) {
        User user = me(caller);
        users.lock(List.of(user.id()));
        recent.mustBe(caller);
        return user;
    }

    private User me(Caller caller) {
        return find(caller, caller.userId().orElseThrow(ApiException::notAUser));
    }

    private User find(Caller caller, UUID userId) {
        return users.find(caller.organizationId(), userId).orElseThrow(ApiException::notFound);
    }
}

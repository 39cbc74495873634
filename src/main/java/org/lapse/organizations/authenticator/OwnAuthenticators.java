package org.lapse.organizations.authenticator;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.clock.WallClock;

/**
 * What a user changes about their own authenticators, once somebody has made sure that it is they. Each method is one
 * transaction, which locks the user alone.
 */
@Singleton
@Transactional
public class OwnAuthenticators {
    private final Passkeys passkeys;
    private final OneTimeCodes codes;
    private final RecoveryCodes recoveryCodes;
    private final SecondFactorPolicy factors;
    private final Users users;
    private final Event<AuthenticatorEvent> events;
    private final Event<SecondFactorsRemoved> none;
    private final WallClock clock;

    @Inject
    OwnAuthenticators(
            Passkeys passkeys,
            OneTimeCodes codes,
            RecoveryCodes recoveryCodes,
            SecondFactorPolicy factors,
            Users users,
            Event<AuthenticatorEvent> events,
            Event<SecondFactorsRemoved> none,
            WallClock clock) {
        this.passkeys = passkeys;
        this.codes = codes;
        this.recoveryCodes = recoveryCodes;
        this.factors = factors;
        this.users = users;
        this.events = events;
        this.none = none;
        this.clock = clock;
    }

    /**
     * What the user has.
     *
     * @param selfUri where that is
     */
    public AuthenticatorsBody of(User user, String selfUri) {
        return new AuthenticatorsBody(
                passkeys.of(user.id()).stream()
                        .map(AuthenticatorsBody.PasskeyBody::of)
                        .toList(),
                codes.confirmedAt(user.id())
                        .map(AuthenticatorsBody.TotpBody::new)
                        .orElse(null),
                recoveryCodes.remaining(user.id()),
                factors.areRequiredOf(user),
                selfUri);
    }

    /**
     * What the browser is asked to make a new passkey for.
     *
     * @param holder who asks: a session, or a form
     */
    public PasskeyOptions.Creation askForPasskey(User user, String holder) {
        return passkeys.askToCreate(user, bindingOf(user, holder), clock.now());
    }

    /**
     * Adds a passkey.
     *
     * @param holder who has asked
     * @param json a {@code RegistrationResponseJSON}
     * @throws ApiException 400 where it is not good, 409 where there are too many
     */
    public AuthenticatorsBody.PasskeyBody addPasskey(
            User user, String applicationId, String holder, String name, String json) {
        users.lock(List.of(user.id()));
        Passkeys.Addition addition =
                passkeys.add(user, bindingOf(user, holder), applicationId, name, json, clock.now());
        if (addition instanceof Passkeys.Addition.Added added) {
            return AuthenticatorsBody.PasskeyBody.of(added.passkey());
        }
        if (addition instanceof Passkeys.Addition.TooMany) {
            throw ApiException.conflict("A user has at most " + Passkeys.MOST + " passkeys: remove one first.");
        }
        throw ApiException.invalidValue(
                "credential", "The passkey could not be verified: ask for new options and try again.");
    }

    /**
     * Removes a passkey.
     *
     * @throws ApiException 404 where there is none, 409 where the user must keep it
     */
    public void deletePasskey(User user, String applicationId, UUID passkeyId) {
        users.lock(List.of(user.id()));
        Passkey passkey = passkeys.find(user.id(), passkeyId).orElseThrow(ApiException::notFound);
        passkeys.delete(passkey);
        removed(user, applicationId, Factor.PASSKEY, Optional.of(passkey.name()));
    }

    /**
     * Removes the authenticator app.
     *
     * @throws ApiException 404 where there is none, 409 where the user must keep it
     */
    public void deleteTotp(User user, String applicationId) {
        users.lock(List.of(user.id()));
        if (!codes.delete(user.id())) {
            throw ApiException.notFound();
        }
        removed(user, applicationId, Factor.TOTP, Optional.empty());
    }

    /**
     * New recovery codes in the place of the ones before, shown this once.
     *
     * @throws ApiException 409 where there is nothing that could be lost
     */
    public List<String> replaceRecoveryCodes(User user, String applicationId) {
        users.lock(List.of(user.id()));
        if (!factors.of(user.id()).isAny()) {
            throw ApiException.conflict("Add a passkey or an authenticator app first.");
        }
        return codes.replaceRecoveryCodes(user, applicationId, clock.now());
    }

    /** Users who must have a second factor keep one; without any, recovery codes are of no use. */
    private void removed(User user, String applicationId, Factor factor, Optional<String> name) {
        if (!factors.of(user.id()).isAny()) {
            if (factors.areRequiredOf(user)) {
                throw ApiException.conflict("You must have a second factor: add another one before you remove this.");
            }
            recoveryCodes.deleteOf(user.id());
            none.fire(new SecondFactorsRemoved(user.id()));
        }
        events.fire(new AuthenticatorEvent(
                user.organizationId(),
                user.id(),
                applicationId.isEmpty() ? null : applicationId,
                AuthenticatorEvent.Kind.REMOVE,
                factor,
                name.orElse(null),
                clock.now()));
    }

    private static PasskeyBinding bindingOf(User user, String holder) {
        return PasskeyBinding.ofEnrolment(user.id().toString(), holder);
    }
}

package org.lapse.access.signin;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.lapse.organizations.authenticator.PasskeyBinding;
import org.lapse.organizations.authenticator.PasskeyOptions;
import org.lapse.organizations.authenticator.Passkeys;
import org.lapse.platform.clock.WallClock;

/** Signing in with a passkey alone, which says itself whose it is. Each method is one transaction. */
@Singleton
@Transactional
public class PasskeySignIns {
    private final Passkeys passkeys;
    private final SignIns signIns;
    private final Event<SignInEvent> events;
    private final WallClock clock;

    @Inject
    PasskeySignIns(Passkeys passkeys, SignIns signIns, Event<SignInEvent> events, WallClock clock) {
        this.passkeys = passkeys;
        this.signIns = signIns;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What a browser is asked to sign.
     *
     * @param form the unguessable value of the form that brings the answer
     */
    public PasskeyOptions.Request ask(String form) {
        return passkeys.ask(PasskeyBinding.ofForm(form), clock.now());
    }

    /**
     * Signs in whose passkey it is.
     *
     * @param form the unguessable value of the form that brought the answer
     * @param json an {@code AuthenticationResponseJSON}
     * @return empty where it is not good, or its user may not sign in to that organization
     */
    public Optional<SignIn> signIn(
            UUID organizationId,
            String applicationId,
            String form,
            String json,
            HttpServletRequest request,
            HttpServletResponse response) {
        Instant now = clock.now();
        return passkeys.check(organizationId, Optional.empty(), PasskeyBinding.ofForm(form), applicationId, json, now)
                .map(use -> {
                    events.fire(new SignInEvent.SignedIn(use.user(), applicationId, now));
                    return signIns.signIn(use.user(), use.methods(), request, response);
                });
    }
}

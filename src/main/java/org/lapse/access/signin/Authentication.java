package org.lapse.access.signin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.authenticator.AuthenticationMethods;

/**
 * That somebody has proved who they are. Who has proved two factors may go on with one of them for a while; when both
 * were proved is kept apart, so that the password alone never makes two factors recent.
 *
 * @param at when anything was proved last
 * @param methods how; the {@code amr} and {@code acr} of tokens
 * @param twoFactorsAt when two factors were proved last; null where the methods are one
 * @see <a href="https://pages.nist.gov/800-63-4/sp800-63b.html#aal2reauth">NIST SP 800-63B-4, section 2.2.3</a>
 */
public record Authentication(
        Instant at, AuthenticationMethods methods, @Nullable Instant twoFactorsAt) {
    /** Keeps no moment of two factors where the methods are one. */
    public Authentication {
        twoFactorsAt = methods.areTwoFactors() ? twoFactorsAt : null;
    }

    /** Somebody has proved all of this at that moment. */
    public static Authentication of(Instant at, AuthenticationMethods methods) {
        return new Authentication(at, methods, at);
    }

    /** What was stored of one. */
    public static Authentication stored(Instant at, String methods, @Nullable Instant twoFactorsAt) {
        return new Authentication(at, AuthenticationMethods.parse(methods), twoFactorsAt);
    }

    /**
     * When all that the methods say was proved; the {@code auth_time} of tokens. Two factors of an unknown time were
     * proved at no time that is recent.
     */
    public Instant completeAt() {
        if (!methods.areTwoFactors()) {
            return at;
        }
        return twoFactorsAt == null ? Instant.EPOCH : twoFactorsAt;
    }

    /** What counts once the same user has proved something again, to go on with the same sign-in or session. */
    public Authentication after(Authentication before) {
        return methods.areTwoFactors() || !before.methods.areTwoFactors()
                ? this
                : new Authentication(at, before.methods, before.twoFactorsAt);
    }

    /**
     * What still counts of it in a sign-in that counts for this now: a second factor that was removed since counts no
     * more.
     */
    public Authentication within(Authentication present) {
        return present.methods.areTwoFactors() ? this : withoutSecondFactor();
    }

    /** The same for a user who has no second factor any more: what was proved with one counts for one. */
    public Authentication withoutSecondFactor() {
        return new Authentication(at, methods.withoutSecondFactor(), null);
    }
}

package org.lapse.organizations.authenticator;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.organizations.directory.RecentSignIns;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.PermissionScopes;
import org.lapse.platform.clock.WallClock;

/**
 * Who may change what they, or others, sign in by: a user who has signed in lately, with two factors if they have two. So nobody who
 * finds a token or an open screen makes themselves at home.
 */
@Singleton
class RecentAuthentication implements RecentSignIns {
    private final SecondFactorPolicy factors;
    private final WallClock clock;
    private final Duration longest;

    @Inject
    RecentAuthentication(
            SecondFactorPolicy factors,
            WallClock clock,
            @ConfigProperty(name = "lapse.authenticator.recent", defaultValue = "PT15M") Duration longest) {
        this.factors = factors;
        this.clock = clock;
        this.longest = longest;
    }

    /**
     * Refuses a caller who has to sign in again first, or comes through an application that may not do all for them.
     *
     * @throws ApiException 401 {@code insufficient_user_authentication} that says how, 403 {@code insufficient.scope}
     *     where the application was given less than {@code all}
     */
    void mustBe(Caller caller) {
        String scope = Optional.ofNullable(caller.<String>getClaim("scope")).orElse("");
        if (!PermissionScopes.holds(scope, PermissionScopes.ALL)) {
            throw ApiException.insufficientScope(PermissionScopes.ALL);
        }
        demand(caller);
    }

    @Override
    public void demand(Caller caller) {
        caller.userId().ifPresent(user -> mustBeRecent(caller, factors.of(user).isAny()));
    }

    private void mustBeRecent(Caller caller, boolean withTwoFactors) {
        String acr = (withTwoFactors ? AssuranceLevel.AAL2 : AssuranceLevel.AAL1).wireName();
        long authenticatedAt =
                caller.getClaim("auth_time") instanceof Number seconds ? seconds.longValue() : Long.MIN_VALUE;
        boolean isRecent = authenticatedAt > clock.now().minus(longest).getEpochSecond();
        boolean isEnough = !withTwoFactors || AssuranceLevel.AAL2.wireName().equals(caller.<Object>getClaim("acr"));
        if (!isRecent || !isEnough) {
            throw ApiException.stepUpRequired(acr, longest);
        }
    }
}

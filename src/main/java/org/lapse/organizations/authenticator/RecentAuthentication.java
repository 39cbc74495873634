package org.lapse.organizations.authenticator;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.PermissionScopes;

/**
 * Who may change their authenticators: a user who has signed in lately, with two factors if they have two, through an
 * application that may do all for them. So nobody who finds a token or an open screen makes themselves at home.
 */
@Singleton
class RecentAuthentication {
    private final Duration longest;

    @Inject
    RecentAuthentication(
            @ConfigProperty(name = "lapse.authenticator.recent", defaultValue = "PT15M") Duration longest) {
        this.longest = longest;
    }

    /**
     * Refuses a caller who has to sign in again first.
     *
     * @param enrolled what the user has
     * @throws ApiException 401 {@code insufficient_user_authentication} that says how, 403 {@code insufficient.scope}
     *     where the application was given less than {@code all}
     */
    void mustBe(Caller caller, SecondFactorPolicy.Enrolled enrolled, Instant now) {
        String scope = Optional.ofNullable(caller.<String>getClaim("scope")).orElse("");
        if (!PermissionScopes.holds(scope, PermissionScopes.ALL)) {
            throw ApiException.insufficientScope(PermissionScopes.ALL);
        }
        mustHaveSignedIn(caller, enrolled, now);
    }

    /**
     * The same, whatever the application may do.
     *
     * @throws ApiException 401 {@code insufficient_user_authentication} that says how
     */
    void mustHaveSignedIn(Caller caller, SecondFactorPolicy.Enrolled enrolled, Instant now) {
        String acr = (enrolled.isAny() ? AssuranceLevel.AAL2 : AssuranceLevel.AAL1).wireName();
        long authenticatedAt =
                caller.getClaim("auth_time") instanceof Number seconds ? seconds.longValue() : Long.MIN_VALUE;
        boolean isRecent = authenticatedAt > now.minus(longest).getEpochSecond();
        boolean isEnough = !enrolled.isAny() || AssuranceLevel.AAL2.wireName().equals(caller.<Object>getClaim("acr"));
        if (!isRecent || !isEnough) {
            throw ApiException.stepUpRequired(acr, longest);
        }
    }
}

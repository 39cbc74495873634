package org.lapse.session;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Caller;
import org.lapse.directory.Entitlements;

/**
 * To whom an access token was given and for what: what the ledger keeps with each live session.
 *
 * @param organizationId the organization
 * @param applicationId the application that holds the token
 * @param userId the user for whom it acts; null for an application on its own
 * @param name the user's name for signing in, or the application's id
 * @param entitlements the holder's groups, and what the holder may do
 * @param scope the granted scope, space-separated (RFC 6749 section 3.3)
 */
public record Grant(
        UUID organizationId,
        String applicationId,
        @Nullable UUID userId,
        String name,
        Entitlements entitlements,
        String scope) {

    /** The same with other groups or permissions. */
    Grant with(Entitlements others) {
        return new Grant(organizationId, applicationId, userId, name, others, scope);
    }

    /** The holder as the resources see them. */
    public Caller caller(String accessToken) {
        return new Caller(organizationId, applicationId, userId, name, entitlements.permissions(), accessToken);
    }
}

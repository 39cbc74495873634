package org.lapse.session;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Caller;
import org.lapse.directory.Entitlements;

/**
 * To whom an access token was given and for what: what the ledger keeps with each live session. A million sessions are of
 * few organizations, applications and scopes, which they share, but of as many users; so a user's id is kept here as the
 * number that it is and not as an object of its own.
 */
public final class Grant {
    /** The nil UUID of RFC 9562 section 5.9, which no user has: there is no user. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final UUID organizationId;
    private final String applicationId;
    private final long userFirst;
    private final long userSecond;
    private final String name;
    private final Entitlements entitlements;
    private final String scope;

    /**
     * A grant.
     *
     * @param organizationId the organization
     * @param applicationId the application that holds the token
     * @param userId the user for whom it acts; null for an application on its own
     * @param name the user's name for signing in, or the application's id
     * @param entitlements the holder's groups, and what the holder may do
     * @param scope the granted scope, space-separated (RFC 6749 section 3.3)
     */
    public Grant(
            UUID organizationId,
            String applicationId,
            @Nullable UUID userId,
            String name,
            Entitlements entitlements,
            String scope) {
        UUID user = userId == null ? NOBODY : userId;
        this.organizationId = organizationId;
        this.applicationId = applicationId;
        this.userFirst = user.getMostSignificantBits();
        this.userSecond = user.getLeastSignificantBits();
        this.name = name;
        this.entitlements = entitlements;
        this.scope = scope;
    }

    /** The organization. */
    public UUID organizationId() {
        return organizationId;
    }

    /** The application that holds the token. */
    public String applicationId() {
        return applicationId;
    }

    /** The user for whom it acts; null for an application on its own. */
    public @Nullable UUID userId() {
        return userFirst == 0 && userSecond == 0 ? null : new UUID(userFirst, userSecond);
    }

    /** The user's name for signing in, or the application's id. */
    public String name() {
        return name;
    }

    /** The holder's groups, and what the holder may do. */
    public Entitlements entitlements() {
        return entitlements;
    }

    /** The granted scope, space-separated (RFC 6749 section 3.3). */
    public String scope() {
        return scope;
    }

    /** The same with other groups or permissions. */
    Grant with(Entitlements others) {
        return new Grant(organizationId, applicationId, userId(), name, others, scope);
    }

    /** The holder as the resources see them. */
    public Caller caller(String accessToken) {
        return new Caller(organizationId, applicationId, userId(), name, entitlements.permissions(), accessToken);
    }
}

package org.lapse.session;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Caller;
import org.lapse.directory.Entitlements;

/**
 * To whom an access token was given and for what, and what reset its timer last: what the ledger keeps with each live
 * session.
 */
public final class Grant {
    private final UUID organizationId;
    private final String applicationId;
    private final @Nullable UUID userId;
    private final String name;
    private final Entitlements entitlements;
    private final String scope;

    /** One of {@link Resets}. Two calls at the same moment may each overwrite the other's: either was the last. */
    private int lastReset;

    /**
     * A grant of which nobody knows yet what reset its timer last.
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
        this.organizationId = organizationId;
        this.applicationId = applicationId;
        this.userId = userId;
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
        return userId;
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

    /** What reset the timer last, as {@link Resets} numbers it. */
    public int lastReset() {
        return lastReset;
    }

    void resetBy(int reset) {
        lastReset = reset;
    }

    /** The same with other groups or permissions. */
    Grant with(Entitlements others) {
        Grant changed = new Grant(organizationId, applicationId, userId, name, others, scope);
        changed.lastReset = lastReset;
        return changed;
    }

    /** The holder as the resources see them. */
    public Caller caller(String accessToken) {
        return new Caller(organizationId, applicationId, userId, name, entitlements.permissions(), accessToken);
    }
}

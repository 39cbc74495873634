package org.lapse.sessions.session;

import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.PermissionScopes;

/**
 * Who acts in a session: an application, and the user for whom it acts. The ledger keeps one with each live session. A
 * million are of few organizations, applications and scopes, which they share as one object, but of as many users; so a
 * user's id is kept here as the number that it is and not as an object of its own.
 */
public final class SessionPrincipal {
    /** The nil UUID of RFC 9562 section 5.9, which no user has: there is no user. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final SharedPart shared;
    private final long userFirst;
    private final long userSecond;
    private final String name;
    private final Entitlements entitlements;

    /**
     * A principal.
     *
     * @param organizationId the organization
     * @param applicationId the application that holds the token
     * @param userId the user for whom it acts; null for an application on its own
     * @param name the user's name for signing in, or the application's id
     * @param entitlements the principal's groups, and what the principal may do
     * @param scope the granted scope, space-separated (RFC 6749 section 3.3)
     */
    public SessionPrincipal(
            UUID organizationId,
            String applicationId,
            @Nullable UUID userId,
            String name,
            Entitlements entitlements,
            String scope) {
        this(organizationId, applicationId, userId, name, entitlements, scope, "");
    }

    /**
     * The same for other APIs.
     *
     * @param audience the APIs for which the token is, space-separated (RFC 8707); empty for our own
     */
    public SessionPrincipal(
            UUID organizationId,
            String applicationId,
            @Nullable UUID userId,
            String name,
            Entitlements entitlements,
            String scope,
            String audience) {
        this(
                new SharedPart(organizationId, applicationId, scope, audience),
                userId == null ? NOBODY : userId,
                name,
                entitlements);
    }

    private SessionPrincipal(SharedPart shared, UUID user, String name, Entitlements entitlements) {
        this.shared = shared;
        this.userFirst = user.getMostSignificantBits();
        this.userSecond = user.getLeastSignificantBits();
        this.name = name;
        this.entitlements = entitlements;
    }

    /** What the grants of one application, scope and audience have in common. */
    record SharedPart(UUID organizationId, String applicationId, String scope, String audience) {}

    /** The same with its common part replaced by an equal one. */
    SessionPrincipal sharing(UnaryOperator<SharedPart> known) {
        return new SessionPrincipal(known.apply(shared), new UUID(userFirst, userSecond), name, entitlements);
    }

    /** The organization. */
    public UUID organizationId() {
        return shared.organizationId;
    }

    /** The application that holds the token. */
    public String applicationId() {
        return shared.applicationId;
    }

    /** The user for whom it acts; null for an application on its own. */
    public @Nullable UUID userId() {
        return userFirst == 0 && userSecond == 0 ? null : new UUID(userFirst, userSecond);
    }

    /** The user's name for signing in, or the application's id. */
    public String name() {
        return name;
    }

    /** The principal's groups, and what the principal may do, whatever the scope. */
    public Entitlements entitlements() {
        return entitlements;
    }

    /** The granted scope, space-separated (RFC 6749 section 3.3). */
    public String scope() {
        return shared.scope;
    }

    /** The APIs for which the token is, space-separated (RFC 8707); empty for our own. */
    public String audience() {
        return shared.audience;
    }

    /** The wire names of what the token may do: of the principal's own permissions those that the scope leaves. */
    public Set<String> permissions() {
        return PermissionScopes.within(shared.scope, entitlements.permissions());
    }

    /** The same with other groups or permissions. */
    SessionPrincipal with(Entitlements others) {
        return new SessionPrincipal(shared, new UUID(userFirst, userSecond), name, others);
    }

    /** The principal as the resources see it. */
    public Caller caller(String accessToken) {
        return new Caller(
                shared.organizationId,
                shared.applicationId,
                userId(),
                name,
                permissions(),
                entitlements.permissions(),
                accessToken);
    }
}

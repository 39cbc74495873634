package org.lapse.application;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An application as OAuth knows it, as it stood when it was read; shares nothing with the row and never changes. */
public final class OAuthClient {
    private final UUID organizationId;
    private final String id;
    private final String name;
    private final ApplicationState state;
    private final boolean deleted;
    private final AuthorizedGrantType authorizedGrantType;
    private final boolean publicClient;
    private final byte @Nullable [] secretDigest;
    private final Duration tokenValidity;
    private final Set<String> scopes;
    private final Set<String> redirectUris;
    private final Set<String> roleNames;
    private final Set<String> permissions;

    private OAuthClient(Application application) {
        this.organizationId = application.organizationId();
        this.id = application.id();
        this.name = application.name();
        this.state = application.state();
        this.deleted = application.isDeleted();
        this.authorizedGrantType = application.authorizedGrantType();
        this.publicClient = application.isPublicClient();
        this.secretDigest = application.secretDigest();
        this.tokenValidity = application.tokenValidity();
        this.scopes = application.scopes();
        this.redirectUris = application.redirectUris();
        this.roleNames = application.roleNames();
        this.permissions = application.permissions();
    }

    /** What OAuth wants to know of an application, as it is now. */
    public static OAuthClient of(Application application) {
        return new OAuthClient(application);
    }

    /** The organization that it belongs to. */
    public UUID organizationId() {
        return organizationId;
    }

    /** The {@code client_id}. */
    public String id() {
        return id;
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** Whether it may have tokens. */
    public boolean isActive() {
        return state == ApplicationState.ACTIVE;
    }

    /** Whether it is no more. */
    public boolean isDeleted() {
        return deleted;
    }

    /** How it may come by its tokens. */
    public AuthorizedGrantType authorizedGrantType() {
        return authorizedGrantType;
    }

    /** Whether it may come without a secret: PKCE then shows that it is the one that asked for the code. */
    public boolean isPublicClient() {
        return publicClient;
    }

    /** Whether this is its secret, compared in constant time. */
    public boolean hasSecret(ClientSecret secret) {
        return secretDigest != null && MessageDigest.isEqual(secretDigest, secret.digest());
    }

    /** How long its access tokens live at the most, whatever their use. */
    public Duration tokenValidity() {
        return tokenValidity;
    }

    /** The scopes that it may be granted; empty for all there are. */
    public Set<String> scopes() {
        return scopes;
    }

    /** The addresses to which people may be sent back, compared letter by letter. */
    public Set<String> redirectUris() {
        return redirectUris;
    }

    /** The names of the roles that it has on its own. */
    public Set<String> roleNames() {
        return roleNames;
    }

    /** The wire names of what it may do on its own. */
    public Set<String> permissions() {
        return permissions;
    }

    @Override
    public String toString() {
        return "OAuthClient[" + id + "]";
    }
}

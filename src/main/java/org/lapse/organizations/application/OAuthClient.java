package org.lapse.organizations.application;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.PermissionScopes;

/** An application as OAuth knows it, as it stood when it was read; shares nothing with the row and never changes. */
public final class OAuthClient {
    private final UUID organizationId;
    private final String id;
    private final String name;
    private final ApplicationState state;
    private final boolean deleted;
    private final AuthorizedGrantType authorizedGrantType;
    private final boolean publicClient;
    private final boolean proofKeyRequired;
    private final byte @Nullable [] secretDigest;
    private final Duration tokenValidity;
    private final Set<String> scopes;
    private final boolean trusted;
    private final @Nullable Instant redirectUrisAddedAt;
    private final Set<String> redirectUris;
    private final @Nullable String backchannelLogoutUri;
    private final Map<String, Set<String>> roles;
    private final Set<String> permissions;

    private OAuthClient(Application application) {
        this.organizationId = application.organizationId();
        this.id = application.id();
        this.name = application.name();
        this.state = application.state();
        this.deleted = application.isDeleted();
        this.authorizedGrantType = application.authorizedGrantType();
        this.publicClient = application.isPublicClient();
        this.proofKeyRequired = application.isProofKeyRequired();
        this.secretDigest = application.secretDigest();
        this.tokenValidity = application.tokenValidity();
        this.scopes = application.scopes();
        this.trusted = application.isTrusted();
        this.redirectUrisAddedAt = application.redirectUrisAddedAt();
        this.redirectUris = application.redirectUris();
        this.backchannelLogoutUri = application.backchannelLogoutUri().orElse(null);
        this.roles = application.permissionsByRole();
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

    /** Whether it must show by PKCE that it is the one that asked for a code; one that is public always must. */
    public boolean isProofKeyRequired() {
        return publicClient || proofKeyRequired;
    }

    /** Whether this is its secret, compared in constant time. */
    public boolean hasSecret(ClientSecret secret) {
        return secretDigest != null && MessageDigest.isEqual(secretDigest, secret.digest());
    }

    /** How long its access tokens live at the most, whatever their use. */
    public Duration tokenValidity() {
        return tokenValidity;
    }

    /** The scopes that it is registered for; empty where nobody has chosen any. */
    public Set<String> scopes() {
        return scopes;
    }

    /** The scopes that it is granted where it names none: those that it is registered for, or all if it is trusted. */
    public Set<String> defaultScopes() {
        return scopes.isEmpty() && trusted ? Set.of(PermissionScopes.ALL) : scopes;
    }

    /** Whether it gets what it asks for without the user's consent. */
    public boolean isTrusted() {
        return trusted;
    }

    /**
     * Whether it may be granted a scope. One that is registered for none may be granted all there are if it is trusted,
     * otherwise what tells who the user is and permits nothing. All that the user may do is for trusted ones alone.
     */
    public boolean mayBeGranted(OAuthScope scope) {
        if (authorizedGrantType == AuthorizedGrantType.CLIENT_CREDENTIALS) {
            return scope.permits();
        }
        if (scope.wireName().equals(PermissionScopes.ALL) && !trusted) {
            return false;
        }
        return scopes.isEmpty() ? trusted || !scope.permits() : scopes.stream().anyMatch(scope::isWithin);
    }

    /** Whether it may be granted less than another, or needs a consent that the other does not need. */
    boolean mayBeGrantedLessThan(OAuthClient other) {
        return (other.trusted && !trusted)
                || OAuthScope.values().stream().anyMatch(scope -> other.mayBeGranted(scope) && !mayBeGranted(scope));
    }

    /** Whether what a user consented to then still holds: consent is given to the addresses that there were. */
    public boolean holdsConsentOf(Instant then) {
        return redirectUrisAddedAt == null || then.isAfter(redirectUrisAddedAt);
    }

    /**
     * Whether people may be sent back to that address. It is a registered one, letter by letter (RFC 9700 section 2.1);
     * for a native application, which has no secret, at any port of a loopback address (RFC 8252 section 7.3).
     */
    public boolean sendsBackTo(String address) {
        return redirectUris.contains(address)
                || (publicClient
                        && redirectUris.stream().anyMatch(registered -> RedirectUri.isAtAnyPort(registered, address)));
    }

    /** The addresses that are registered. */
    public Set<String> redirectUris() {
        return redirectUris;
    }

    /**
     * Where it hears that sessions of its users have ended, also after it was deleted; empty where it does not.
     *
     * @see <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRegistration">OpenID Connect
     *     Back-Channel Logout 1.0, section 2.2</a>
     */
    public Optional<String> backchannelLogoutUri() {
        return Optional.ofNullable(backchannelLogoutUri);
    }

    /** The names of the roles that it has on its own, each with the wire names of what it permits. */
    public Map<String, Set<String>> roles() {
        return roles;
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

package org.lapse.organizations.application;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Role;

/**
 * An OAuth client on the wire.
 *
 * @param id the {@code client_id}
 * @param name what people call it
 * @param description what it is for
 * @param accessTokenValiditySeconds how long its access tokens live at the most
 * @param registeredRedirectUri where people may be sent back
 * @param backchannelLogoutUri where it hears that sessions of its users have ended; left out where it does not
 * @param secret the secret, in the answer that makes it and never again
 * @param secretRequired whether it must give its secret
 * @param proofKeyRequired whether it must use PKCE
 * @param roleIds the roles that it has on its own
 * @param roleDivisions the same, as the vendor's newer clients read it
 * @param authorizedGrantType {@code CODE} or {@code CLIENT-CREDENTIALS}
 * @param scope the scopes that it may be granted; none for all there are where it is trusted, otherwise for those of
 *     OpenID Connect
 * @param trusted whether it gets what it asks for without the user's consent
 * @param state {@code active}, {@code disabled} or {@code inactive}
 * @param dateCreated since when it exists
 * @param dateModified when it was changed last
 * @param createdBy the user who made it; left out where an application did
 * @param modifiedBy the user who changed it last; left out where an application did
 * @param selfUri where it is
 */
public record OAuthClientBody(
        String id,
        String name,
        @Nullable String description,
        long accessTokenValiditySeconds,
        List<String> registeredRedirectUri,
        @Nullable String backchannelLogoutUri,
        @Nullable String secret,
        boolean secretRequired,
        boolean proofKeyRequired,
        List<UUID> roleIds,
        List<RoleDivision> roleDivisions,
        String authorizedGrantType,
        List<String> scope,
        boolean trusted,
        String state,
        Instant dateCreated,
        Instant dateModified,
        @Nullable UserReference createdBy,
        @Nullable UserReference modifiedBy,
        String selfUri) {
    static OAuthClientBody of(Application application) {
        return of(application, null);
    }

    static OAuthClientBody of(Application application, @Nullable String newSecret) {
        List<UUID> roleIds = application.roles().stream().map(Role::id).sorted().toList();
        return new OAuthClientBody(
                application.id(),
                application.name(),
                application.description(),
                application.tokenValidity().toSeconds(),
                application.redirectUris().stream().sorted().toList(),
                application.backchannelLogoutUri().orElse(null),
                newSecret,
                !application.isPublicClient(),
                application.isProofKeyRequired(),
                roleIds,
                roleIds.stream().map(RoleDivision::of).toList(),
                application.authorizedGrantType().wireName(),
                application.scopes().stream().sorted().toList(),
                application.isTrusted(),
                application.state().wireName(),
                application.createdAt(),
                application.modifiedAt(),
                application.createdBy().map(UserReference::of).orElse(null),
                application.modifiedBy().map(UserReference::of).orElse(null),
                OAuthClientsResource.CLIENTS + "/" + application.id());
    }

    @Override
    public String toString() {
        return "OAuthClientBody[" + id + "]";
    }

    /**
     * A user by their id.
     *
     * @param id the id
     * @param selfUri where the user is
     */
    public record UserReference(UUID id, String selfUri) {
        static UserReference of(UUID userId) {
            return new UserReference(userId, "/api/v2/users/" + userId);
        }
    }
}

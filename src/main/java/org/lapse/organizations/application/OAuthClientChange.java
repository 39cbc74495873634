package org.lapse.organizations.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Ids;
import org.lapse.platform.api.MultiLine;
import org.lapse.platform.api.PermissionScopes;
import org.lapse.platform.api.Texts;

/**
 * What an administrator says about an OAuth client; a field that is left out stays as it was. What the API only tells
 * about a client, the secret included, may stand in the body and changes nothing.
 *
 * @param name what people call it
 * @param description what it is for
 * @param accessTokenValiditySeconds how long its access tokens live at the most: 300 to 172800, 86400 by default
 * @param registeredRedirectUri where people may be sent back: of a {@code CODE} client, which needs one
 * @param backchannelLogoutUri where a {@code CODE} client hears that sessions of its users have ended: an https address
 *     that this server may call; empty for none
 * @param roleIds the roles that it has on its own: of a {@code CLIENT-CREDENTIALS} client
 * @param roleDivisions the same, as the vendor's newer clients say it; of the two the one that is new decides
 * @param authorizedGrantType {@code CODE} or {@code CLIENT-CREDENTIALS}; chosen when the client is made
 * @param scope the scopes that a {@code CODE} client may be granted; none for all there are where it is trusted,
 *     otherwise for those of OpenID Connect
 * @param trusted whether a {@code CODE} client gets what it asks for without the user's consent; false by default, and
 *     set by those alone who may change what holds for the whole organization
 * @param secretRequired whether a {@code CODE} client must give its secret although it uses PKCE; false by default
 * @param proofKeyRequired whether it must use PKCE (RFC 7636); true by default, and false only for a {@code CODE} client
 *     that must give its secret, which then must send a nonce
 * @param state {@code active}, {@code disabled} or {@code inactive}
 * @param dateToDelete refused: no client is deleted by itself
 */
@JsonIgnoreProperties({"id", "secret", "dateCreated", "dateModified", "createdBy", "modifiedBy", "selfUri"})
public record OAuthClientChange(
        @Nullable String name,
        @MultiLine @Nullable String description,
        @Nullable Integer accessTokenValiditySeconds,
        @Nullable List<@Nullable String> registeredRedirectUri,
        @Nullable String backchannelLogoutUri,
        @Nullable List<@Nullable UUID> roleIds,
        @Nullable List<@Nullable RoleDivision> roleDivisions,
        @Nullable String authorizedGrantType,
        @Nullable List<@Nullable String> scope,
        @Nullable Boolean trusted,
        @Nullable Boolean secretRequired,
        @Nullable Boolean proofKeyRequired,
        @Nullable String state,
        @Nullable String dateToDelete) {
    private static final int SHORTEST_VALIDITY = 300;
    private static final int LONGEST_VALIDITY = 172_800;
    private static final int MOST_REDIRECT_URIS = 100;
    private static final Set<String> VENDORS_OTHER_GRANTS = Set.of("TOKEN", "SAML2-BEARER", "PASSWORD");

    /** The grant type that is asked for, if one is. */
    Optional<AuthorizedGrantType> grantType() {
        return Optional.ofNullable(authorizedGrantType).map(wireName -> AuthorizedGrantType.ofWireName(wireName)
                .orElseThrow(() -> ApiException.invalidValue(
                        "authorizedGrantType",
                        VENDORS_OTHER_GRANTS.contains(wireName)
                                ? wireName + " is not offered: people sign in by CODE with PKCE, which browsers and"
                                        + " mobile applications use without a secret."
                                : "The grant type is CODE or CLIENT-CREDENTIALS.")));
    }

    /**
     * The ids of the roles that are asked for, if any are spoken of. Of {@code roleIds} and {@code roleDivisions} the
     * one that is new decides, because clients change one and send back the other as they read it.
     *
     * @param before the ids of the roles that the client has
     * @throws ApiException 400 {@code invalid.value} where both are new, and not the same
     */
    Optional<Set<UUID>> roles(Set<UUID> before) {
        Stream<Set<UUID>> ids = Stream.ofNullable(roleIds).map(given -> Set.copyOf(Ids.ofBody("roleIds", given)));
        Stream<Set<UUID>> inDivisions = Stream.ofNullable(roleDivisions)
                .map(given -> given.stream().map(RoleDivision::id).collect(Collectors.toUnmodifiableSet()));
        Set<Set<UUID>> asked = Stream.concat(ids, inDivisions).collect(Collectors.toCollection(HashSet::new));
        if (asked.size() > 1) {
            asked.remove(before);
        }
        if (asked.size() > 1) {
            throw ApiException.invalidValue("roleDivisions", "roleIds and roleDivisions are the same thing.");
        }
        return asked.stream().findFirst();
    }

    /** The address for logout tokens that is asked for, if there is to be one. */
    Optional<String> newLogoutAddress() {
        return Optional.ofNullable(backchannelLogoutUri).filter(given -> !given.isEmpty());
    }

    /** Changes all but the roles, which somebody has to look up, and takes an address that somebody has checked. */
    void apply(Application application, Instant now) {
        if (dateToDelete != null) {
            throw ApiException.invalidValue(
                    "dateToDelete", "No client is deleted by itself: disable it, or delete it when it is time.");
        }
        if (name != null) {
            application.rename(Texts.name("name", name), now);
        }
        if (description != null) {
            application.describe(Texts.description("description", description), now);
        }
        if (accessTokenValiditySeconds != null) {
            application.setTokenValidity(validity(accessTokenValiditySeconds));
        }
        if (registeredRedirectUri != null) {
            application.setRedirectUris(redirectUris(registeredRedirectUri), now);
        }
        if (backchannelLogoutUri != null) {
            application.setBackchannelLogoutUri(newLogoutAddress().orElse(null));
        }
        if (scope != null) {
            application.setScopes(scopes(scope));
        }
        if (trusted != null) {
            application.trust(trusted);
        }
        if (secretRequired != null) {
            application.requireSecret(secretRequired);
        }
        if (proofKeyRequired != null) {
            application.requireProofKey(proofKeyRequired);
        }
        if (state != null) {
            application.setState(ApplicationState.ofWireName(state)
                    .orElseThrow(
                            () -> ApiException.invalidValue("state", "The state is active, disabled or inactive.")));
        }
        mustFit(application);
        mustProveItself(application);
    }

    private static void mustFit(Application application) {
        boolean signsPeopleIn = application.authorizedGrantType() == AuthorizedGrantType.CODE;
        if (signsPeopleIn == application.redirectUris().isEmpty()) {
            throw ApiException.invalidValue(
                    "registeredRedirectUri",
                    signsPeopleIn
                            ? "A CODE client needs an address to send people back to."
                            : "A CLIENT-CREDENTIALS client sends nobody back.");
        }
        if (!signsPeopleIn && application.backchannelLogoutUri().isPresent()) {
            throw ApiException.invalidValue(
                    "backchannelLogoutUri", "A CLIENT-CREDENTIALS client signs nobody in, so nobody signs out.");
        }
        if (!signsPeopleIn && !application.scopes().isEmpty()) {
            throw ApiException.invalidValue("scope", "A CLIENT-CREDENTIALS client has roles and no scope.");
        }
        if (!signsPeopleIn && application.isTrusted()) {
            throw ApiException.invalidValue("trusted", "A CLIENT-CREDENTIALS client acts for no user.");
        }
        if (application.scopes().contains(PermissionScopes.ALL) && !application.isTrusted()) {
            throw ApiException.invalidValue("scope", "The scope all is for trusted clients.");
        }
        if (signsPeopleIn ? !application.isPublicClient() && !application.hasSecret() : application.isPublicClient()) {
            throw ApiException.invalidValue(
                    "secretRequired",
                    signsPeopleIn
                            ? "The client has no secret yet: make one first."
                            : "A CLIENT-CREDENTIALS client must give its secret.");
        }
    }

    private static void mustProveItself(Application application) {
        boolean signsPeopleIn = application.authorizedGrantType() == AuthorizedGrantType.CODE;
        if (!application.isProofKeyRequired() && (!signsPeopleIn || application.isPublicClient())) {
            throw ApiException.invalidValue(
                    "proofKeyRequired", "PKCE is waived only for a CODE client that must give its secret.");
        }
    }

    private static Duration validity(int seconds) {
        if (seconds < SHORTEST_VALIDITY || seconds > LONGEST_VALIDITY) {
            throw ApiException.invalidValue(
                    "accessTokenValiditySeconds",
                    "Access tokens live " + SHORTEST_VALIDITY + " to " + LONGEST_VALIDITY + " seconds.");
        }
        return Duration.ofSeconds(seconds);
    }

    private static Set<String> redirectUris(List<@Nullable String> given) {
        if (given.size() > MOST_REDIRECT_URIS) {
            throw ApiException.invalidValue(
                    "registeredRedirectUri", "There are at most " + MOST_REDIRECT_URIS + " addresses.");
        }
        return given.stream()
                .map(uri -> redirectUri(uri == null ? "" : uri).value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static RedirectUri redirectUri(String uri) {
        try {
            return new RedirectUri(uri);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidValue("registeredRedirectUri", String.valueOf(e.getMessage()));
        }
    }

    private static Set<String> scopes(List<@Nullable String> given) {
        return given.stream()
                .map(word -> OAuthScope.ofWireName(word == null ? "" : word)
                        .orElseThrow(() -> ApiException.invalidValue("scope", "There is no scope of that name."))
                        .wireName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

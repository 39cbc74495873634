package org.lapse.platform.api;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.ws.rs.core.SecurityContext;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling: the holder of the access token, as the ledger knows them, and the claims of that token.
 *
 * <p>The claims are decoded only when somebody asks for one, and without verifying the signature: a token that is in
 * the ledger is one that we issued.
 *
 * @see <a href="https://download.eclipse.org/microprofile/microprofile-jwt-auth-2.1/">MicroProfile JWT 2.1</a>
 */
public final class Caller implements JsonWebToken {
    private final UUID organizationId;
    private final String applicationId;
    private final @Nullable UUID userId;
    private final String name;
    private final Set<String> permissions;
    private final Set<String> held;
    private final String accessToken;
    private @Nullable JWTClaimsSet claims;

    /**
     * A caller.
     *
     * @param organizationId the organization that the token belongs to
     * @param applicationId the application that holds the token
     * @param userId the user for whom it acts; null for an application on its own
     * @param name the user's name for signing in, or the application's id
     * @param permissions the wire names of what the caller may do
     * @param accessToken the token as it was sent
     */
    public Caller(
            UUID organizationId,
            String applicationId,
            @Nullable UUID userId,
            String name,
            Set<String> permissions,
            String accessToken) {
        this(organizationId, applicationId, userId, name, permissions, permissions, accessToken);
    }

    /**
     * A caller whose token does not reach all that its holder may do.
     *
     * @param permissions the wire names of what the caller may do with this token
     * @param held the wire names of what the holder may do; those that the token's scope leaves out among them
     * @param accessToken the token as it was sent
     */
    public Caller(
            UUID organizationId,
            String applicationId,
            @Nullable UUID userId,
            String name,
            Set<String> permissions,
            Set<String> held,
            String accessToken) {
        this.organizationId = organizationId;
        this.applicationId = applicationId;
        this.userId = userId;
        this.name = name;
        this.permissions = permissions;
        this.held = held;
        this.accessToken = accessToken;
    }

    /**
     * The caller of the present request.
     *
     * @throws ApiException 401 where the request was not authenticated
     */
    public static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw ApiException.authenticationRequired();
    }

    /** The organization that the token belongs to. */
    public UUID organizationId() {
        return organizationId;
    }

    /** The application that holds the token. */
    public String applicationId() {
        return applicationId;
    }

    /** The user for whom the application acts, if any. */
    public Optional<UUID> userId() {
        return Optional.ofNullable(userId);
    }

    /** The wire names of what the caller may do with this token. */
    public Set<String> permissions() {
        return permissions;
    }

    /**
     * Refuses a caller who may not do something that not every call of a resource needs.
     *
     * @throws ApiException 403 naming the permission that is missing, or the scope where that is all that is missing
     */
    public void require(Permission permission) {
        String needed = permission.wireName();
        if (!permissions.contains(needed)) {
            throw held.contains(needed)
                    ? ApiException.insufficientScope(needed)
                    : ApiException.missingPermission(needed);
        }
    }

    /**
     * Refuses to let the caller give away, or come by, what they may not do themselves.
     *
     * @param given the wire names of the permissions that somebody has or is to get
     * @throws ApiException 403 {@code not.authorized} where the caller lacks one of them, {@code insufficient.scope}
     *     where only the token's scope leaves it out
     */
    public void mustHoldAll(Set<String> given) {
        if (!permissions.containsAll(given)) {
            if (held.containsAll(given)) {
                throw ApiException.insufficientScope(given.stream()
                        .filter(permission -> !permissions.contains(permission))
                        .sorted()
                        .collect(Collectors.joining(" ")));
            }
            throw ApiException.notAuthorized("This concerns permissions that the caller does not have: "
                    + given.stream()
                            .filter(permission -> !permissions.contains(permission))
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".");
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Set<String> getClaimNames() {
        Set<String> names = new LinkedHashSet<>(claims().getClaims().keySet());
        names.add(Claims.raw_token.name());
        return names;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the interface has it so
    public <T> @Nullable T getClaim(String claimName) {
        if (Claims.raw_token.name().equals(claimName)) {
            return (T) accessToken;
        }
        JWTClaimsSet set = claims();
        Object value = set.getClaim(claimName);
        if (Claims.aud.name().equals(claimName)) {
            return (T) Set.copyOf(set.getAudience());
        }
        if (value instanceof java.util.Date date) {
            return (T) Long.valueOf(date.toInstant().getEpochSecond());
        }
        if (value instanceof List<?> list && Claims.groups.name().equals(claimName)) {
            return (T) Set.copyOf(list);
        }
        return (T) value;
    }

    private JWTClaimsSet claims() {
        JWTClaimsSet decoded = claims;
        if (decoded == null) {
            try {
                decoded = SignedJWT.parse(accessToken).getJWTClaimsSet();
            } catch (ParseException e) {
                throw new IllegalStateException("A token in the ledger is not one of our JWTs", e);
            }
            claims = decoded;
        }
        return decoded;
    }
}

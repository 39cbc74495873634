package org.lapse.sessions.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.Organization;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.sessions.ledger.LiveSession;

/** {@code /api/v2/tokens}: the access token that makes the call, and other people's. */
@Singleton
@Path("v2/tokens")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class TokensResource {
    @Inject
    private Sessions sessions;

    @Inject
    private CurrentSession current;

    @Inject
    private Organizations organizations;

    @Inject
    private Applications applications;

    @Inject
    private Users users;

    @Inject
    private Event<Administered> administered;

    /** About the token that makes the call. With {@code preserveIdleTTL=true} the call is not activity. */
    @GET
    @Path("me")
    @Operation(summary = "About the access token that makes the call")
    public TokenInfo me(
            @Parameter(description = "true: the call does not reset the inactivity timer")
                    @QueryParam("preserveIdleTTL")
                    @Nullable
                    String preserveIdleTtl) {
        if (preserveIdleTtl != null && !preserveIdleTtl.equals("true") && !preserveIdleTtl.equals("false")) {
            throw ApiException.invalidValue("preserveIdleTTL", "preserveIdleTTL is either true or false.");
        }
        LiveSession<SessionPrincipal> session = current.get();
        Organization organization = organizations.get(session.principal().organizationId());
        Application application =
                applications.find(session.principal().applicationId()).orElseThrow(ApiException::notFound);
        return TokenInfo.of(session, organization, application);
    }

    /** Whether the token is good. */
    @HEAD
    @Path("me")
    @Operation(summary = "Whether the access token is good")
    public Response isGood() {
        return Response.ok().build();
    }

    /** Ends the token that makes the call. */
    @DELETE
    @Path("me")
    @Operation(summary = "End the access token that makes the call")
    public Response endMine() {
        sessions.end(current.get().id(), EndReason.SIGNED_OUT);
        return Response.ok().build();
    }

    /** Ends all tokens of a user of the caller's organization. */
    @DELETE
    @Path("{userId}")
    @RequiresPermission(Permission.OAUTH_TOKEN_DELETE)
    @Transactional
    @Operation(summary = "End all access tokens of a user")
    public Response endOfUser(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        if (users.find(caller.organizationId(), userId).isEmpty()) {
            throw ApiException.notFound();
        }
        administered.fire(new Administered(caller, "tokens.delete", "user", userId.toString(), null, null));
        sessions.endOfUser(userId, EndReason.FORCED);
        return Response.ok().build();
    }

    /**
     * An access token on the wire, under the vendor's names.
     *
     * @param organization the token's organization
     * @param homeOrganization the same
     * @param authorizedScope the granted scope
     * @param dateTokenIdles when the token ends if nothing happens
     * @param oauthClient the application that holds it
     */
    public record TokenInfo(
            Named organization,
            Named homeOrganization,
            List<String> authorizedScope,
            Instant dateTokenIdles,
            @JsonProperty("OAuthClient") Client oauthClient) {
        static TokenInfo of(LiveSession<SessionPrincipal> session, Organization organization, Application application) {
            Named named = new Named(organization.id().toString(), organization.name());
            List<String> scope = Arrays.stream(session.principal().scope().split(" ", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
            return new TokenInfo(
                    named,
                    named,
                    scope,
                    session.deadline(),
                    new Client(
                            application.id(),
                            application.name(),
                            application.createdAt(),
                            application.modifiedAt(),
                            application.authorizedGrantType().wireName(),
                            scope,
                            application.state().wireName(),
                            named));
        }
    }

    /** A thing by its id and name. */
    public record Named(String id, String name) {}

    /**
     * The application that holds a token.
     *
     * @param id its id
     * @param name what people call it
     * @param dateCreated since when it exists
     * @param dateModified when it was changed last
     * @param authorizedGrantType the vendor's name of the way in which it gets its tokens
     * @param scope the granted scope
     * @param state {@code active} or {@code disabled}
     * @param organization the organization that it belongs to
     */
    public record Client(
            String id,
            String name,
            Instant dateCreated,
            Instant dateModified,
            String authorizedGrantType,
            List<String> scope,
            String state,
            Named organization) {}
}

package org.lapse.organizations.application;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;

/** {@code /api/v2/applications}: applications with their options by section, as the Framework keeps them. */
@Singleton
@Path("v2/applications")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ApplicationsResource {
    private static final String PATH = "/api/v2/applications";

    @Inject
    private Applications applications;

    @Inject
    private ApplicationTemplates templates;

    @Inject
    private Event<ApplicationDisabled> disabled;

    /** A page of the applications of the caller's organization, by dbid. */
    @GET
    @RequiresPermission(Permission.OAUTH_CLIENT_VIEW)
    @Operation(summary = "The applications of the organization")
    @Transactional
    public Page<ApplicationBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Parameter(description = "What the name contains, in capitals or not") @QueryParam("name") @Nullable
                    String name,
            @Context SecurityContext security) {
        UUID organization = Caller.of(security).organizationId();
        Page.Request request = Page.Request.of(pageSize, pageNumber);
        String inName = Optional.ofNullable(name).orElse("");
        return Page.of(
                applications.find(organization, inName, request.first(), request.size()),
                request,
                applications.count(organization, inName),
                PATH);
    }

    /** Makes an application, which starts with the options and the annex of its template. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.OAUTH_CLIENT_ADD)
    @Operation(summary = "Make an application from a template")
    public ApplicationBody create(@RequiredBody NewApplication wish, @Context SecurityContext security) {
        return applications.create(Caller.of(security), wish);
    }

    /** The built-in templates and those of the caller's organization. */
    @GET
    @Path("templates")
    @RequiresPermission(Permission.OAUTH_CLIENT_VIEW)
    @Operation(summary = "The templates that applications are made from")
    public List<ApplicationTemplateBody> templates(@Context SecurityContext security) {
        return templates.of(Caller.of(security).organizationId()).stream()
                .map(ApplicationTemplateBody::of)
                .toList();
    }

    /** One application of the caller's organization. */
    @GET
    @Path("{id}")
    @RequiresPermission(Permission.OAUTH_CLIENT_VIEW)
    @Operation(summary = "An application with its options by section")
    @Transactional
    public ApplicationBody get(@PathParam("id") String id, @Context SecurityContext security) {
        return applications
                .find(Caller.of(security).organizationId(), id)
                .map(applications::bodyOf)
                .orElseThrow(ApiException::notFound);
    }

    /** Changes what the body names and leaves the rest; an option that is null goes away. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.OAUTH_CLIENT_EDIT)
    @Transactional
    @Operation(summary = "Change an application; its options hold for live sessions at once")
    public ApplicationBody put(
            @PathParam("id") String id, @RequiredBody ApplicationChange change, @Context SecurityContext security) {
        ApplicationBody after = applications.change(Caller.of(security), id, change);
        if (!after.mayHaveTokens()) {
            disabled.fire(new ApplicationDisabled(id));
        }
        return after;
    }

    /** Deletes an application and ends its tokens; the audit still knows it. */
    @DELETE
    @Path("{id}")
    @RequiresPermission(Permission.OAUTH_CLIENT_DELETE)
    @Transactional
    @Operation(summary = "Delete an application and end its tokens")
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        applications.delete(Caller.of(security), id);
        disabled.fire(new ApplicationDisabled(id));
        return Response.ok().build();
    }
}

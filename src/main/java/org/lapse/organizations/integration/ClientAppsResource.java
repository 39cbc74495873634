package org.lapse.organizations.integration;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.Applications;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.api.Texts;

/** {@code /api/v2/integrations/clientapps}: the applications that are embedded in the organization's client. */
@Singleton
@Path("v2/integrations/clientapps")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ClientAppsResource {
    private static final String PATH = "/api/v2/integrations/clientapps";

    @Inject
    private ClientApps clientApps;

    @Inject
    private Applications applications;

    @Inject
    private Event<Administered> administered;

    /** The organization's, by name. */
    @GET
    @Operation(summary = "The applications that are embedded in the organization's client")
    @Transactional
    public Page<ClientAppBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        UUID organizationId = Caller.of(security).organizationId();
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        List<ClientAppBody> found = clientApps.of(organizationId, page.first(), page.size()).stream()
                .map(ClientAppBody::of)
                .toList();
        return Page.of(found, page, clientApps.count(organizationId), PATH);
    }

    /** Embeds an application under an id that the caller chooses, or changes how it is embedded. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.INTEGRATIONS_INTEGRATION_EDIT)
    @Operation(summary = "Embed an application, or change how it is embedded")
    @Transactional
    public ClientAppBody put(
            @PathParam("id") String id, @RequiredBody ClientAppChange change, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        UUID appId = idOf(id);
        Optional<ClientApp> present = clientApps.find(caller.organizationId(), appId);
        ClientAppBody before = present.map(ClientAppBody::of).orElse(null);
        ClientApp app = present.orElseGet(() -> new ClientApp(caller.organizationId(), appId));
        change.apply(app, applications);
        if (present.isEmpty()) {
            clientApps.add(app);
        }
        clientApps.flush();
        ClientAppBody after = ClientAppBody.of(app);
        administered.fire(new Administered(caller, "clientapp.update", "clientapp", id, before, after));
        return after;
    }

    /** Embeds an application no longer. */
    @DELETE
    @Path("{id}")
    @RequiresPermission(Permission.INTEGRATIONS_INTEGRATION_EDIT)
    @Operation(summary = "Embed an application no longer")
    @Transactional
    public void delete(@PathParam("id") String id, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        ClientApp app = clientApps.find(caller.organizationId(), idOf(id)).orElseThrow(ApiException::notFound);
        clientApps.remove(app);
        administered.fire(new Administered(caller, "clientapp.delete", "clientapp", id, ClientAppBody.of(app), null));
    }

    private static UUID idOf(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw ApiException.notFound();
        }
    }

    /**
     * How an application is to be embedded.
     *
     * @param name what people call it
     * @param applicationId an application of the organization
     * @param url where its pages are: https, or loopback
     */
    public record ClientAppChange(
            @Nullable String name,
            @Nullable String applicationId,
            @Nullable String url) {
        private static final int LONGEST_URL = 1000;
        private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

        void apply(ClientApp app, Applications applications) {
            String checkedName = Texts.name("name", name);
            if (applicationId == null
                    || applications.find(app.organizationId(), applicationId).isEmpty()) {
                throw ApiException.invalidValue("applicationId", "There is no such application.");
            }
            if (url == null || url.length() > LONGEST_URL || !isSafe(url)) {
                throw ApiException.invalidValue("url", "The address begins with https, or is on loopback.");
            }
            app.embed(applicationId, checkedName, url);
        }

        private static boolean isSafe(String address) {
            try {
                URI uri = new URI(address);
                return uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && ("https".equalsIgnoreCase(uri.getScheme())
                                || ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost())));
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }

    /**
     * An embedded application on the wire, in the vendor's shape.
     *
     * @param id its id
     * @param name what people call it
     * @param integrationType the vendor's type for pages that are embedded
     * @param intendedState {@code ENABLED}
     * @param config how it is embedded
     * @param attributes {@code applicationId}: the application
     * @param selfUri where it is
     */
    public record ClientAppBody(
            UUID id,
            String name,
            TypeBody integrationType,
            String intendedState,
            ConfigBody config,
            Map<String, String> attributes,
            String selfUri) {
        static ClientAppBody of(ClientApp app) {
            return new ClientAppBody(
                    app.id(),
                    app.name(),
                    new TypeBody("embedded-client-app"),
                    "ENABLED",
                    new ConfigBody(new CurrentBody(app.id(), app.name(), app.version(), Map.of("url", app.url()))),
                    Map.of("applicationId", app.applicationId()),
                    PATH + "/" + app.id());
        }
    }

    /**
     * The type of an integration.
     *
     * @param id the vendor's name of it
     */
    public record TypeBody(String id) {}

    /**
     * How an application is embedded.
     *
     * @param current as it is now
     */
    public record ConfigBody(CurrentBody current) {}

    /**
     * How an application is embedded now.
     *
     * @param id the embedded application's id
     * @param name what people call it
     * @param version counts the changes
     * @param properties {@code url}: where its pages are
     */
    public record CurrentBody(UUID id, String name, int version, Map<String, String> properties) {}
}

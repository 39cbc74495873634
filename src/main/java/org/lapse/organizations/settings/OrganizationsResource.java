package org.lapse.organizations.settings;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Organization;
import org.lapse.organizations.directory.Organizations;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.clock.WallClock;

/** {@code /api/v2/organizations}: the caller's organization and its features. */
@Singleton
@Path("v2/organizations")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class OrganizationsResource {
    private static final String HIPAA = "hipaa";

    @Inject
    private Organizations organizations;

    @Inject
    private Settings settings;

    @Inject
    private Event<Administered> administered;

    @Inject
    private WallClock clock;

    /** The caller's organization. */
    @GET
    @Path("me")
    @Operation(summary = "The caller's organization and its features")
    @Transactional
    public OrganizationBody me(@Context SecurityContext security) {
        UUID id = Caller.of(security).organizationId();
        return OrganizationBody.of(organizations.get(id), settings.of(id));
    }

    /**
     * Switches a feature on or off; there is one: {@code hipaa}, under which 15 minutes are the longest timeout. The
     * vendor's documents have {@code enabled} in the query, and its clients send it in the body: either will do.
     */
    @PATCH
    @Path("features/{featureName}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "Switch a feature of the organization on or off: hipaa")
    @Transactional
    public Map<String, Boolean> switchFeature(
            @PathParam("featureName") String featureName,
            @Parameter(description = "Whether the feature is on: here or in the body") @QueryParam("enabled") @Nullable
                    String enabled,
            @Nullable FeatureState state,
            @Context SecurityContext security) {
        if (!featureName.equals(HIPAA)) {
            throw ApiException.notFound();
        }
        boolean wanted = FeatureState.wanted(enabled, state);
        Caller caller = Caller.of(security);
        OrganizationSettings chosen = settings.of(caller.organizationId());
        Map<String, Boolean> before = features(chosen);
        chosen.obeyHipaa(wanted, clock.now());
        Map<String, Boolean> after = features(settings.save(chosen));
        administered.fire(new Administered(
                caller,
                "feature.update",
                "organization",
                caller.organizationId().toString(),
                before,
                after));
        return after;
    }

    private static Map<String, Boolean> features(OrganizationSettings settings) {
        return Map.of(HIPAA, settings.isHipaa());
    }

    /**
     * Whether a feature is on, as the vendor's clients say it.
     *
     * @param enabled true or false
     */
    public record FeatureState(@Nullable Boolean enabled) {
        /**
         * What is asked for in the query, in the body, or in both alike.
         *
         * @throws ApiException 400 {@code invalid.value} where neither says it, or they contradict each other
         */
        static boolean wanted(@Nullable String inQuery, @Nullable FeatureState state) {
            String inBody = state == null || state.enabled == null ? null : state.enabled.toString();
            String given = inQuery == null ? inBody : inQuery;
            if (!"true".equals(given) && !"false".equals(given)) {
                throw ApiException.invalidValue("enabled", "enabled is either true or false.");
            }
            if (inBody != null && !inBody.equals(given)) {
                throw ApiException.invalidValue(
                        "enabled", "enabled is one thing in the query and another in the body.");
            }
            return Boolean.parseBoolean(given);
        }
    }

    /**
     * An organization on the wire.
     *
     * @param id its id
     * @param name what people call it
     * @param domain its short name
     * @param defaultLanguage a BCP 47 tag
     * @param defaultCountryCode an ISO 3166-1 code; never null, because the vendor's clients trip over null
     * @param state {@code active}
     * @param version counts the changes of its timeouts and features
     * @param features the features by name, on or off
     * @param selfUri where it is
     */
    public record OrganizationBody(
            UUID id,
            String name,
            String domain,
            String defaultLanguage,
            String defaultCountryCode,
            String state,
            int version,
            Map<String, Boolean> features,
            String selfUri) {
        static OrganizationBody of(Organization organization, OrganizationSettings settings) {
            return new OrganizationBody(
                    organization.id(),
                    organization.name(),
                    organization.domain(),
                    "en",
                    "US",
                    "active",
                    settings.revision(),
                    OrganizationsResource.features(settings),
                    "/api/v2/organizations/me");
        }
    }
}

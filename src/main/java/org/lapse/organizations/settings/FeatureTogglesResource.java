package org.lapse.organizations.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.DemonstrationMode;
import org.lapse.platform.api.RecordsActivity;

/** {@code /api/v2/featuretoggles}: what is switched on in this installation and in the caller's organization. */
@Singleton
@Path("v2/featuretoggles")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class FeatureTogglesResource {
    @Inject
    private Settings settings;

    @Inject
    private AuthenticationSettingsRows authentication;

    @Inject
    private DemonstrationMode demonstration;

    /** Each switch is a setting that somebody has made; there is no other. */
    @GET
    @Operation(summary = "What is switched on in this installation and in the caller's organization")
    @Transactional
    public FeatureToggles get(@Context SecurityContext security) {
        UUID organizationId = Caller.of(security).organizationId();
        OrganizationSettings chosen = settings.of(organizationId);
        AuthenticationSettings restricted = authentication.of(organizationId);
        return new FeatureToggles(
                demonstration.isOn(),
                chosen.isHipaa(),
                chosen.isTimeoutEnabled(),
                !restricted.exclusions().isEmpty(),
                !restricted.addresses().isEmpty(),
                restricted.isRestrictedByDomain());
    }

    /**
     * The switches.
     *
     * @param demo whether the installation is in demonstration mode
     * @param hipaa whether the organization obeys HIPAA
     * @param inactivityTimeout whether the organization-wide timeout is on
     * @param inactivityTimeoutExclusions whether any API is excluded
     * @param ipAddressAllowlist whether tokens may be used from some addresses alone
     * @param domainAllowlist whether tokens may be used by the pages of some domains alone
     */
    public record FeatureToggles(
            boolean demo,
            boolean hipaa,
            boolean inactivityTimeout,
            boolean inactivityTimeoutExclusions,
            boolean ipAddressAllowlist,
            boolean domainAllowlist) {}
}

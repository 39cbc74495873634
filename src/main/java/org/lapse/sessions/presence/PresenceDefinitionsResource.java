package org.lapse.sessions.presence;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.RecordsActivity;

/** {@code /api/v2/presence/definitions}: the presences of an organization, which are those of the system. */
@Singleton
@Path("v2/presence/definitions")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class PresenceDefinitionsResource {
    /** Where they are. */
    static final String PATH = "/api/v2/presence/definitions";

    /** All of them. */
    @GET
    @Operation(summary = "The presences that users may choose")
    public DefinitionListing list() {
        return DefinitionListing.of(List.of(SystemPresence.values()));
    }

    /** One of them. */
    @GET
    @Path("{definitionId}")
    @Operation(summary = "A presence that users may choose")
    public DefinitionBody get(@PathParam("definitionId") String definitionId) {
        return SystemPresence.find(definitionId).map(DefinitionBody::of).orElseThrow(ApiException::notFound);
    }

    /**
     * All definitions, on one page as the vendor lists them.
     *
     * @param entities the definitions
     * @param total how many there are
     * @param selfUri where this listing is
     */
    public record DefinitionListing(List<DefinitionBody> entities, int total, String selfUri) {
        static DefinitionListing of(List<SystemPresence> presences) {
            return new DefinitionListing(
                    presences.stream().map(DefinitionBody::of).toList(), presences.size(), PATH);
        }
    }

    /**
     * A definition on the wire.
     *
     * @param id the id, the same in every organization
     * @param name what people call it
     * @param type {@code System}: there are no others
     * @param languageLabels what people call it, by locale
     * @param systemPresence the vendor's name for it
     * @param deactivated whether it may not be chosen any more; never
     * @param selfUri where this definition is
     */
    public record DefinitionBody(
            String id,
            String name,
            String type,
            Map<String, String> languageLabels,
            String systemPresence,
            boolean deactivated,
            String selfUri) {
        static DefinitionBody of(SystemPresence presence) {
            return new DefinitionBody(
                    presence.id(),
                    presence.wireName(),
                    "System",
                    Map.of("en_US", presence.wireName()),
                    presence.wireName(),
                    false,
                    presence.definitionUri());
        }
    }
}

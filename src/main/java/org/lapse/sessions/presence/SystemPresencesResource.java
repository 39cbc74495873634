package org.lapse.sessions.presence;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.platform.api.RecordsActivity;

/** {@code /api/v2/systempresences}: the presences that are the same in every organization. */
@Singleton
@Path("v2/systempresences")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class SystemPresencesResource {
    /** All of them. */
    @GET
    @Operation(summary = "The presences that are the same in every organization")
    public List<SystemPresenceBody> list() {
        return Arrays.stream(SystemPresence.values())
                .map(SystemPresenceBody::of)
                .toList();
    }

    /**
     * A presence on the wire.
     *
     * @param id its id
     * @param name the vendor's name for it
     * @param selfUri where its definition is
     */
    public record SystemPresenceBody(String id, String name, String selfUri) {
        static SystemPresenceBody of(SystemPresence presence) {
            return new SystemPresenceBody(presence.id(), presence.wireName(), presence.definitionUri());
        }
    }
}

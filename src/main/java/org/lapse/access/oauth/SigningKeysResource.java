package org.lapse.access.oauth;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.clock.WallClock;

/** {@code /api/v2/oauth/signingkeys}: the keys that sign tokens. */
@Singleton
@Path("v2/oauth/signingkeys")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class SigningKeysResource {
    @Inject
    private SigningKeys keys;

    @Inject
    private Event<Administered> administered;

    @Inject
    private WallClock clock;

    /** Has a new key sign from now on. The keys before it are published until no token of theirs can be alive. */
    @POST
    @Path("rotation")
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "Replace the key that signs tokens; tokens that were signed before stay good")
    @Transactional
    public SigningKeyBody rotate(@Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Instant now = clock.now();
        SigningKeyBody body = SigningKeyBody.of(keys.rotate(now), now);
        administered.fire(new Administered(caller, "signingkey.rotate", "signingkey", body.kid(), null, body));
        return body;
    }

    /**
     * A signing key on the wire.
     *
     * @param kid its id, as it stands in the header of tokens
     * @param dateCreated since when it signs
     */
    public record SigningKeyBody(String kid, Instant dateCreated) {
        static SigningKeyBody of(String kid, Instant dateCreated) {
            return new SigningKeyBody(kid, dateCreated);
        }
    }
}

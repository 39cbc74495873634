package org.lapse.organizations.application;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.RecordsActivity;

/** {@code /api/v2/oauth/scopes}: what an application can be granted. */
@Singleton
@Path("v2/oauth/scopes")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class OAuthScopesResource {
    private static final String SCOPES = "/api/v2/oauth/scopes";

    /** All scopes there are. */
    @GET
    @Operation(summary = "The scopes that an application can be granted")
    public Scopes list() {
        List<Scope> all = OAuthScope.values().stream().map(Scope::of).toList();
        return new Scopes(all.size(), all, SCOPES);
    }

    /** One scope. */
    @GET
    @Path("{scopeId}")
    @Operation(summary = "A scope")
    public Scope get(@PathParam("scopeId") String scopeId) {
        return OAuthScope.ofWireName(scopeId).map(Scope::of).orElseThrow(ApiException::notFound);
    }

    /**
     * A scope on the wire.
     *
     * @param id the word in the parameter {@code scope}
     * @param description what it lets an application do
     * @param selfUri where it is
     */
    public record Scope(String id, String description, String selfUri) {
        static Scope of(OAuthScope scope) {
            return new Scope(scope.wireName(), scope.description(), SCOPES + "/" + scope.wireName());
        }
    }

    /**
     * All scopes on the wire.
     *
     * @param total how many there are
     * @param entities the scopes
     * @param selfUri where this is
     */
    public record Scopes(int total, List<Scope> entities, String selfUri) {}
}

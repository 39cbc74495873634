package org.lapse.directory;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.api.ApiException;
import org.lapse.api.Caller;
import org.lapse.api.RecordsActivity;

/** {@code /api/v2/users}: people, as the vendor's SDKs see them. */
@Singleton
@Path("v2/users")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class UsersResource {
    @Inject
    private Users users;

    /** The user for whom the token acts; 400 {@code not.a.user} for the token of an application on its own. */
    @GET
    @Path("me")
    @Operation(summary = "The user for whom the access token acts")
    public UserBody me(@Context SecurityContext security) {
        Caller caller = Caller.of(security);
        UUID userId = caller.userId().orElseThrow(ApiException::notAUser);
        User user = users.find(caller.organizationId(), userId).orElseThrow(ApiException::notFound);
        return UserBody.of(user, users.groupNames(user));
    }

    /**
     * A user on the wire.
     *
     * @param id the user's id
     * @param name what people call the user
     * @param email the name for signing in
     * @param username the name for signing in
     * @param state {@code active} or {@code inactive}
     * @param groups the names of the user's groups
     * @param version counts the changes
     * @param selfUri where this user is
     */
    public record UserBody(
            UUID id,
            String name,
            String email,
            String username,
            String state,
            List<String> groups,
            int version,
            String selfUri) {
        static UserBody of(User user, List<String> groups) {
            return new UserBody(
                    user.id(),
                    user.name(),
                    user.username(),
                    user.username(),
                    user.isEnabled() ? "active" : "inactive",
                    groups,
                    user.version(),
                    "/api/v2/users/" + user.id());
        }
    }
}

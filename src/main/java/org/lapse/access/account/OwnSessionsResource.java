package org.lapse.access.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.lapse.organizations.directory.RecentSignIns;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.PermissionScopes;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/**
 * {@code /api/v2/users/me/sessions}: the sessions of the token's user. Nobody needs a permission for their own, but the
 * token's scope has to stand for {@code directory:user:view} to see
 * them, and for {@code oauth:token:delete} to end them: an application that was only
 * told who has signed in learns nothing of the others, and ends none. Who ends another session than the one that makes the
 * call has signed in lately.
 */
@Singleton
@Path("v2/users/me/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class OwnSessionsResource {
    static final String PATH = "/api/v2/users/me/sessions";

    @Inject
    private OwnSessions ownSessions;

    @Inject
    private Sessions sessions;

    @Inject
    private CurrentSession current;

    @Inject
    private RecentSignIns recentSignIns;

    /** All sessions of the user that have not ended; 400 {@code not.a.user} for an application on its own. */
    @GET
    @Operation(summary = "The sessions of the user of the token")
    public OwnSessionList list() {
        List<OwnSessionBody> all = seen(userOf(Permission.DIRECTORY_USER_VIEW));
        return new OwnSessionList(all.size(), all, PATH);
    }

    /** One of them. */
    @GET
    @Path("{sessionId}")
    @Operation(summary = "A session of the user of the token")
    public OwnSessionBody get(@PathParam("sessionId") UUID sessionId) {
        return seen(userOf(Permission.DIRECTORY_USER_VIEW)).stream()
                .filter(session -> session.id().equals(sessionId))
                .findFirst()
                .orElseThrow(ApiException::notFound);
    }

    /** Ends all of them but the one whose token makes the call, and signs all other browsers out. */
    @DELETE
    @Operation(summary = "End all other sessions of the user of the token, and sign all other browsers out")
    public EndedSessions endOthers(@Context SecurityContext security) {
        UUID userId = userOf(Permission.OAUTH_TOKEN_DELETE);
        recentSignIns.demand(Caller.of(security));
        return new EndedSessions(ownSessions.endAllBut(userId, own()));
    }

    /** Ends one of them; where it is of another browser, that is signed out. */
    @DELETE
    @Path("{sessionId}")
    @Operation(summary = "End a session of the user of the token; another browser's is signed out")
    public Response end(@PathParam("sessionId") UUID sessionId, @Context SecurityContext security) {
        UUID userId = userOf(Permission.OAUTH_TOKEN_DELETE);
        if (!sessionId.equals(current.get().id())) {
            recentSignIns.demand(Caller.of(security));
        }
        if (!ownSessions.end(userId, sessionId, own().signInId())) {
            throw ApiException.notFound();
        }
        return Response.ok().build();
    }

    private List<OwnSessionBody> seen(UUID userId) {
        UUID own = current.get().id();
        return ownSessions.of(userId, session -> session.id().equals(own)).stream()
                .map(OwnSessionBody::of)
                .toList();
    }

    private Session own() {
        return sessions.find(current.get().id()).orElseThrow(ApiException::authenticationRequired);
    }

    private UUID userOf(Permission permission) {
        LiveSession<SessionPrincipal> session = current.get();
        UUID userId = session.principal().userId();
        if (userId == null) {
            throw ApiException.notAUser();
        }
        if (!PermissionScopes.reaches(session.principal().scope(), permission)) {
            throw ApiException.insufficientScope(permission.wireName());
        }
        return userId;
    }

    /**
     * All sessions of a user on the wire.
     *
     * @param total how many there are
     * @param entities the sessions: the one that asks first, then by their last use
     * @param selfUri where this is
     */
    public record OwnSessionList(int total, List<OwnSessionBody> entities, String selfUri) {}

    /**
     * What was ended.
     *
     * @param ended how many sessions
     */
    public record EndedSessions(int ended) {}
}

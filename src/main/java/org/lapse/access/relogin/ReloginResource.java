package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Passwords;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.WhileLocked;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.SessionPrincipal;

/** {@code /api/v2/relogin}: the re-login dialog for clients that show their own. */
@Singleton
@Path("v2/relogin")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ReloginResource {
    @Inject
    private Relogin relogin;

    @Inject
    private CurrentSession current;

    @Inject
    private WallClock clock;

    /** Resumes the locked session whose token makes the call; the token is good again afterwards. */
    @POST
    @WhileLocked
    @Operation(summary = "Resume the locked session with the original user's password")
    public ReloginAnswer resume(@Nullable ReloginRequest request) {
        if (request == null || request.password() == null) {
            throw ApiException.invalidValue("password", "The password is missing.");
        }
        LiveSession<SessionPrincipal> session = current.get();
        if (session.status(clock.now()) == SessionStatus.ACTIVE) {
            throw ApiException.conflict("The session is not locked.");
        }
        answer(relogin.resume(session.id(), request.username(), request.password()));
        return ReloginAnswer.of(session);
    }

    private static void answer(ReloginOutcome outcome) {
        if (outcome instanceof ReloginOutcome.WrongPassword) {
            throw ApiException.invalidPassword("The password is not the one of the session's user.");
        }
        if (outcome instanceof ReloginOutcome.AnotherUser) {
            throw ApiException.notAuthorized("Only the original user may resume the session.");
        }
        if (outcome instanceof ReloginOutcome.Throttled throttled) {
            throw ApiException.tooManyRequests(
                    "There were too many wrong passwords.",
                    throttled.remaining().plusMillis(999).toSeconds());
        }
        if (outcome instanceof ReloginOutcome.Busy) {
            throw Passwords.busy();
        }
        if (outcome instanceof ReloginOutcome.TooManyAttempts) {
            throw ApiException.badCredentials("There were too many wrong passwords: the session is closed.");
        }
        if (outcome instanceof ReloginOutcome.Gone) {
            throw ApiException.badCredentials("The session has ended.");
        }
    }

    /** Closes the locked session, if the request says that this is confirmed; anybody may, not only its user. */
    @POST
    @Path("cancel")
    @WhileLocked
    @Operation(summary = "Close the locked session; confirmed must be true")
    public CancelAnswer cancel(@Nullable CancelRequest request) {
        LiveSession<SessionPrincipal> session = current.get();
        if (request == null || request.confirmed() == null || !request.confirmed()) {
            throw ApiException.invalidValue("confirmed", "Closing the session must be confirmed: it cannot be undone.");
        }
        relogin.close(session.id());
        return new CancelAnswer(session.id(), "ENDED");
    }

    /**
     * A re-login.
     *
     * @param password the original user's password
     * @param username who says that they are the original user; may be left out
     */
    public record ReloginRequest(
            @Nullable String password, @Nullable String username) {
        @Override
        public String toString() {
            return "ReloginRequest[hidden]";
        }
    }

    /**
     * A session that was resumed.
     *
     * @param sessionId the session, the same as before
     * @param state {@code ACTIVE}
     * @param deadline when it locks again if nothing happens
     */
    public record ReloginAnswer(UUID sessionId, String state, Instant deadline) {
        static ReloginAnswer of(LiveSession<SessionPrincipal> session) {
            return new ReloginAnswer(session.id(), "ACTIVE", session.deadline());
        }
    }

    /**
     * A wish to close the session.
     *
     * @param confirmed true once the user has confirmed it
     */
    public record CancelRequest(@Nullable Boolean confirmed) {}

    /**
     * A session that was closed.
     *
     * @param sessionId the session
     * @param state {@code ENDED}
     */
    public record CancelAnswer(UUID sessionId, String state) {}
}

package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.access.oauth.SessionTokens;
import org.lapse.organizations.directory.Passwords;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Verbatim;
import org.lapse.platform.api.WhileLocked;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.DeadlineEnforcement;
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
    private DeadlineEnforcement deadlines;

    @Inject
    private WallClock clock;

    /**
     * Resumes the locked session whose token makes the call. With {@code "newToken": true} the answer has a new access
     * token in its place, which the client goes on with; otherwise the token is good again.
     */
    @POST
    @WhileLocked
    @Operation(summary = "Resume the locked session with the original user's password")
    public ReloginAnswer resume(@Nullable ReloginRequest request) {
        if (request == null || request.password() == null) {
            throw ApiException.invalidValue("password", "The password is missing.");
        }
        LiveSession<SessionPrincipal> session = current.get();
        if (session.status(clock.now()) == SessionStatus.ACTIVE) {
            throw notLocked();
        }
        deadlines.settle(session.id(), clock.now());
        ReloginOutcome outcome = relogin.resume(
                session.id(),
                request.username(),
                request.password(),
                Boolean.TRUE.equals(request.newToken()) ? Relogin.TokenWish.NEW : Relogin.TokenWish.NONE);
        if (outcome instanceof ReloginOutcome.Resumed resumed) {
            return ReloginAnswer.of(session, resumed.token().orElse(null), clock.now());
        }
        throw refusalOf(outcome);
    }

    /**
     * Gives the session a new access token in the place of the one that makes the call, once, within a minute after its
     * user has come back at {@code /relogin}; 409 where there is nothing to renew.
     */
    @POST
    @Path("token")
    @Operation(summary = "A new access token, after the user has come back at the page /relogin")
    public ReloginAnswer renew(@Context SecurityContext security) {
        LiveSession<SessionPrincipal> session = current.get();
        String token = Caller.of(security).getRawToken();
        return relogin.renew(session.id(), token)
                .map(issued -> ReloginAnswer.of(session, issued, clock.now()))
                .orElseThrow(
                        () -> ApiException.conflict("Nobody has come back to the session since it has this token."));
    }

    static ApiException refusalOf(ReloginOutcome outcome) {
        if (outcome instanceof ReloginOutcome.WrongPassword) {
            return ApiException.invalidPassword("The password is not the one of the session's user.");
        }
        if (outcome instanceof ReloginOutcome.AnotherUser) {
            return ApiException.notAuthorized("Only the original user may resume the session.");
        }
        if (outcome instanceof ReloginOutcome.Throttled throttled) {
            return ApiException.tooManyRequests(
                    "There were too many wrong passwords.",
                    throttled.remaining().plusMillis(999).toSeconds());
        }
        if (outcome instanceof ReloginOutcome.Busy) {
            return Passwords.busy();
        }
        if (outcome instanceof ReloginOutcome.TooManyAttempts) {
            return ApiException.badCredentials("There were too many wrong passwords: the session is closed.");
        }
        if (outcome instanceof ReloginOutcome.NotLocked) {
            return notLocked();
        }
        return ApiException.badCredentials("The session has ended.");
    }

    private static ApiException notLocked() {
        return ApiException.conflict("The session is not locked.");
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
     * @param newToken whether the client takes a new access token with the answer; it does not if it is left out
     */
    public record ReloginRequest(
            @Verbatim @Nullable String password,
            @Verbatim @Nullable String username,
            @Nullable Boolean newToken) {
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
     * @param accessToken its new access token; null where none was asked for
     * @param expiresIn after how many seconds the life of that is over
     */
    public record ReloginAnswer(
            UUID sessionId,
            String state,
            Instant deadline,
            @Nullable String accessToken,
            @Nullable Long expiresIn) {
        static ReloginAnswer of(
                LiveSession<SessionPrincipal> session, SessionTokens.@Nullable Issued issued, Instant now) {
            return new ReloginAnswer(
                    session.id(),
                    "ACTIVE",
                    session.deadline(),
                    issued == null ? null : issued.value(),
                    issued == null
                            ? null
                            : Duration.between(now, issued.expiresAt()).toSeconds());
        }

        @Override
        public String toString() {
            return "ReloginAnswer[sessionId=" + sessionId + "]";
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

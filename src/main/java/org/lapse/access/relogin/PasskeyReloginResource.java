package org.lapse.access.relogin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.authenticator.PasskeyBinding;
import org.lapse.organizations.authenticator.PasskeyOptions;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.api.Verbatim;
import org.lapse.platform.api.WhileLocked;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.DeadlineEnforcement;
import org.lapse.sessions.session.SessionPrincipal;

/** {@code /api/v2/relogin/passkey}: the re-login with a passkey, for clients that show their own dialog. */
@Singleton
@Path("v2/relogin/passkey")
@Produces(MediaType.APPLICATION_JSON)
public class PasskeyReloginResource {
    @Inject
    private PasskeyRelogin relogin;

    @Inject
    private CurrentSession current;

    @Inject
    private DeadlineEnforcement deadlines;

    @Inject
    private WallClock clock;

    /** What the page hands to {@code navigator.credentials.get()}; 404 where the session's user has no passkey. */
    @POST
    @Path("options")
    @WhileLocked
    @Operation(summary = "What a browser needs to resume the locked session with a passkey")
    public PasskeyOptions.Request ask() {
        UUID sessionId = locked().id();
        return relogin.ask(sessionId, PasskeyBinding.ofLockedSession(sessionId.toString()))
                .orElseThrow(ApiException::notFound);
    }

    /**
     * Resumes the locked session whose token makes the call. With {@code "newToken": true} the answer has a new access
     * token in its place, as at {@code /api/v2/relogin}; otherwise the token is good again.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @WhileLocked
    @Operation(summary = "Resume the locked session with a passkey of its user")
    public ReloginResource.ReloginAnswer resume(@RequiredBody PasskeyReloginRequest request) {
        LiveSession<SessionPrincipal> session = locked();
        Map<String, Object> credential = request.credential();
        Optional<ReloginOutcome> outcome = credential == null
                ? Optional.empty()
                : relogin.resume(
                        session.id(),
                        PasskeyBinding.ofLockedSession(session.id().toString()),
                        StrictJson.text(credential),
                        Boolean.TRUE.equals(request.newToken()) ? Relogin.TokenWish.NEW : Relogin.TokenWish.NONE);
        if (outcome.isEmpty()) {
            throw ApiException.invalidValue(
                    "credential", "This is no answer of a passkey of the session's user: ask for new options.");
        }
        if (outcome.get() instanceof ReloginOutcome.Resumed resumed) {
            return ReloginResource.ReloginAnswer.of(session, resumed.token().orElse(null), clock.now());
        }
        throw ReloginResource.refusalOf(outcome.get());
    }

    private LiveSession<SessionPrincipal> locked() {
        LiveSession<SessionPrincipal> session = current.get();
        if (session.status(clock.now()) == SessionStatus.ACTIVE) {
            throw ApiException.conflict("The session is not locked.");
        }
        deadlines.settle(session.id(), clock.now());
        return session;
    }

    /**
     * A re-login.
     *
     * @param credential what {@code navigator.credentials.get()} has answered, as {@code toJSON()} gives it
     * @param newToken whether the client takes a new access token with the answer; it does not if it is left out
     */
    public record PasskeyReloginRequest(
            @Verbatim @Nullable Map<String, Object> credential,
            @Nullable Boolean newToken) {}
}

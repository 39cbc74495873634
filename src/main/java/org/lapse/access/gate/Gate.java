package org.lapse.access.gate;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.BackgroundCall;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * Decides whether a call may pass: it is admitted first, for the API that it is about, then its activity is recorded,
 * unless it counts as none.
 */
@Singleton
class Gate {
    private final Admission admission;
    private final ActivityRecorder uses;
    private final TokenAudiences audiences;

    @Inject
    Gate(Admission admission, ActivityRecorder uses, TokenAudiences audiences) {
        this.admission = admission;
        this.uses = uses;
        this.audiences = audiences;
    }

    /**
     * Lets a call pass.
     *
     * @param request the proxy's request, with the headers of the call
     * @param call the call
     * @param accessToken the token that the call carries
     * @param audience the API for which the token must be; empty where any will do
     * @return the session that makes the call
     * @throws Refusal where it may not pass
     */
    LiveSession<SessionPrincipal> pass(
            HttpServletRequest request, OriginalCall call, String accessToken, String audience, Instant now) {
        Access access = admission.admit(accessToken, request);
        if (!(access instanceof Access.Granted granted)) {
            throw refusal(access);
        }
        LiveSession<SessionPrincipal> session = granted.session();
        if (!audience.isEmpty() && !audiences.of(session.principal().audience()).contains(audience)) {
            throw Refusal.forAnotherApi();
        }
        boolean inBackground = BackgroundCall.is(request.getHeader(BackgroundCall.HEADER), call.api(), call.query());
        if (!uses.record(session, call.api(), inBackground, now)) {
            throw refusal(admission.admit(accessToken, request)); // it lapsed or ended meanwhile
        }
        return session;
    }

    private static Refusal refusal(Access access) {
        if (access instanceof Access.Locked locked) {
            return Refusal.locked(locked.reason());
        }
        if (access instanceof Access.Forbidden forbidden) {
            return Refusal.notFromThere(forbidden.reason());
        }
        return Refusal.invalidToken(
                access instanceof Access.Refused refused ? refused.reason() : "The access token was not active.");
    }
}

package org.lapse.gate;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.lapse.api.TrustedProxies;
import org.lapse.ledger.LiveSession;
import org.lapse.session.Access;
import org.lapse.session.BackgroundCall;
import org.lapse.session.Grant;
import org.lapse.session.Sessions;
import org.lapse.session.Uses;
import org.lapse.settings.Restrictions;
import org.lapse.settings.RestrictionsInForce;

/**
 * Decides whether a call may pass: one look-up in the ledger, the deadline, what the organization says about addresses and
 * excluded APIs, and then the activity is recorded.
 */
@Singleton
class Gate {
    private final Sessions sessions;
    private final Uses uses;
    private final RestrictionsInForce restrictions;
    private final TrustedProxies proxies;

    @Inject
    Gate(Sessions sessions, Uses uses, RestrictionsInForce restrictions, TrustedProxies proxies) {
        this.sessions = sessions;
        this.uses = uses;
        this.restrictions = restrictions;
        this.proxies = proxies;
    }

    /**
     * Lets a call pass.
     *
     * @param request the proxy's request, with the headers of the call
     * @param call the call
     * @param accessToken the token that the call carries
     * @return the session that makes the call
     * @throws Refusal where it may not pass
     */
    LiveSession<Grant> pass(HttpServletRequest request, OriginalCall call, String accessToken, Instant now) {
        LiveSession<Grant> session = active(accessToken);
        checkFrom(request, session);
        boolean inBackground = BackgroundCall.is(request.getHeader(BackgroundCall.HEADER), call.api(), call.query());
        // A deadline that passes between look-up and record ends the session all the same: look again why.
        return uses.record(session, call.api(), inBackground, now) ? session : active(accessToken);
    }

    private LiveSession<Grant> active(String accessToken) {
        Access access = sessions.access(accessToken);
        if (access instanceof Access.Granted granted) {
            return granted.session();
        }
        throw access instanceof Access.Refused refused ? Refusal.invalidToken(refused.reason()) : Refusal.locked();
    }

    private void checkFrom(HttpServletRequest request, LiveSession<Grant> session) {
        Restrictions permitted = restrictions.of(session.holder().organizationId());
        if (!permitted.permitAll()) {
            permitted
                    .refusal(proxies.clientOf(request), request.getHeader("Origin"))
                    .ifPresent(reason -> {
                        throw Refusal.notFromThere(reason);
                    });
        }
    }
}

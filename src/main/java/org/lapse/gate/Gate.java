package org.lapse.gate;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.lapse.api.TrustedProxies;
import org.lapse.ledger.LiveSession;
import org.lapse.session.Access;
import org.lapse.session.BackgroundCall;
import org.lapse.session.Governance;
import org.lapse.session.Grant;
import org.lapse.session.Sessions;
import org.lapse.session.Uses;
import org.lapse.settings.Restrictions;

/**
 * Decides whether a call may pass: one look-up in the ledger, the deadline, what the organization says about addresses and
 * excluded APIs, and then the activity is recorded.
 */
@Singleton
class Gate {
    private final Sessions sessions;
    private final TrustedProxies proxies;
    private final Uses uses;

    @Inject
    Gate(Sessions sessions, TrustedProxies proxies, Uses uses) {
        this.sessions = sessions;
        this.proxies = proxies;
        this.uses = uses;
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
        LiveSession<Grant> session = sessions.active(accessToken, now).orElseThrow(() -> refusal(accessToken));
        checkFrom(request, Governance.of(session).restrictions());
        boolean inBackground = BackgroundCall.is(request.getHeader(BackgroundCall.HEADER), call.api(), call.query());
        if (!uses.record(session, call.api(), inBackground, now)) {
            throw refusal(accessToken);
        }
        return session;
    }

    /** Why a session gives no access, which was not active or has not stayed so: it is asked once more. */
    private Refusal refusal(String accessToken) {
        Access access = sessions.access(accessToken);
        if (access instanceof Access.Locked) {
            return Refusal.locked();
        }
        return Refusal.invalidToken(
                access instanceof Access.Refused refused ? refused.reason() : "The access token was not active.");
    }

    private void checkFrom(HttpServletRequest request, Restrictions permitted) {
        if (!permitted.permitAll()) {
            permitted
                    .refusal(proxies.clientOf(request), request.getHeader("Origin"))
                    .ifPresent(reason -> {
                        throw Refusal.notFromThere(reason);
                    });
        }
    }
}

package org.lapse.access.gate;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.platform.api.TrustedProxies;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * A place where proxies of one kind ask: answers every method with 200 and who is calling, or with 401 and why not,
 * which proxies hand to the client. It reads no parameter, because the query is the client's and a body is somebody
 * else's.
 */
abstract class GateServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(GateServlet.class.getName());

    @Inject
    private TrustedProxies proxies;

    @Inject
    private CallerToken callerToken;

    @Inject
    private Gate gate;

    @Inject
    private IdentityHeaders identity;

    @Inject
    private WallClock clock;

    /**
     * The call about which the proxy asks, read from where this kind of proxy says it and from nowhere else.
     *
     * @throws Refusal where it does not say it
     */
    abstract OriginalCall callOf(HttpServletRequest request);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        try {
            if (!proxies.sent(request)) {
                throw Refusal.stranger();
            }
            OriginalCall call = callOf(request);
            Instant now = clock.now();
            LiveSession<SessionPrincipal> session =
                    gate.pass(request, call, callerToken.of(request), identity.demandedAudience(request), now);
            identity.write(response, session, now);
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentLength(0);
        } catch (Refusal refusal) {
            refuse(response, refusal);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "The gate failed, and let nobody pass", e);
            refuse(response, Refusal.fault());
        }
    }

    private static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        response.setHeader("WWW-Authenticate", refusal.challenge());
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setContentType("application/json");
        response.setContentLength(refusal.length());
        refusal.writeTo(response.getOutputStream());
    }
}

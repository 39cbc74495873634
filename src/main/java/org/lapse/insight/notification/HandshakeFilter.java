package org.lapse.insight.notification;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.BrowserOrigins;
import org.lapse.organizations.settings.RestrictionsInForce;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.api.Refusals;
import org.lapse.platform.api.TrustedProxies;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.Unguessable;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * Lets a WebSocket be opened only by who knows the key of a channel whose session is active, from where the
 * organization permits it, and in a browser only by pages of registered applications: a browser's own check of origins
 * does not cover WebSockets. Programs that are no browser send no {@code Origin}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455, section 10.2</a>
 */
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private Channels channels;

    @Inject
    private Admission admission;

    @Inject
    private BrowserOrigins origins;

    @Inject
    private RestrictionsInForce restrictions;

    @Inject
    private TrustedProxies proxies;

    @Inject
    private IssuerIdentifier issuer;

    @Inject
    private WallClock clock;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            check(request, keyOf(request), request.getHeader("Origin"));
        } catch (ApiException refusal) {
            Refusals.send(request, response, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private void check(HttpServletRequest request, String key, @Nullable String origin) {
        if (origin != null && !origin.equals(issuer.origin()) && !origins.contains(origin)) {
            throw ApiException.notAuthorized("No application is registered for pages of this origin.");
        }
        if (!Unguessable.hasForm(key)) {
            throw ApiException.notFound();
        }
        Channel channel = channels.find(key, clock.now()).orElseThrow(ApiException::notFound);
        restrictions.of(channel.organizationId()).get().check(proxies.clientOf(request), origin);
        Optional<LiveSession<SessionPrincipal>> session = admission.findOrRead(channel.sessionId());
        SessionStatus status = session.map(live -> live.status(clock.now())).orElse(SessionStatus.ENDED);
        if (status == SessionStatus.LOCKED) {
            LockReason reason = session.orElseThrow().lockReason();
            throw ApiException.locked(reason.wireName(), reason.sentence());
        }
        if (status != SessionStatus.ACTIVE) {
            throw ApiException.badCredentials(Closing.SESSION_ENDED.message());
        }
    }

    private static String keyOf(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

package org.lapse.activity;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.lapse.api.ApiException;
import org.lapse.api.BearerToken;
import org.lapse.api.LapseApi;
import org.lapse.api.TrustedProxies;
import org.lapse.api.WhileLocked;
import org.lapse.excludedapi.ApiCall;
import org.lapse.excludedapi.ExcludedApis;
import org.lapse.ledger.LiveSession;
import org.lapse.session.Access;
import org.lapse.session.ActivityOutcome;
import org.lapse.session.BackgroundCall;
import org.lapse.session.CurrentSession;
import org.lapse.session.EffectivePolicy;
import org.lapse.session.Grant;
import org.lapse.session.Sessions;

/**
 * Lets a call of {@code /api} pass only while its access token is active. The look-up in the ledger is the
 * authentication: only tokens that we issued are in it, so no signature is verified here, and an end holds at once.
 * What the organization's administrators say about addresses and domains holds next; then the filter decides whether
 * the call counts as activity.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class ActiveSessionFilter implements ContainerRequestFilter {
    @Inject
    private Sessions sessions;

    @Inject
    private CurrentSession current;

    @Inject
    private TrustedProxies proxies;

    @Context
    private ResourceInfo resource;

    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request) {
        String accessToken = BearerToken.of(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElseThrow(ApiException::authenticationRequired);
        LiveSession<Grant> session = admit(sessions.access(accessToken));
        EffectivePolicy effectivePolicy = EffectivePolicy.of(session);
        effectivePolicy.restrictions().check(proxies.clientOf(http), request.getHeaderString("Origin"));
        ApiCall call = callOf(request);
        current.identify(session, call, counts(call, request, effectivePolicy.exclusions()));
        request.setSecurityContext(new BearerSecurityContext(
                session.holder().caller(accessToken),
                request.getSecurityContext().isSecure()));
    }

    /** The heartbeat is how a person at the screen is noticed, so no exclusion covers it. */
    private boolean counts(ApiCall call, ContainerRequestContext request, ExcludedApis exclusions) {
        if (BackgroundCall.is(request.getHeaderString(BackgroundCall.HEADER), call, http.getQueryString())) {
            ActivityOutcome.IGNORED.count();
            return false;
        }
        if (resource.getResourceClass() != ActivityResource.class && exclusions.contains(call)) {
            ActivityOutcome.EXCLUDED.count();
            return false;
        }
        return true;
    }

    /** The call as the patterns of excluded APIs see it: from the server's root, as it was sent. */
    private static ApiCall callOf(ContainerRequestContext request) {
        return new ApiCall(
                request.getMethod(), LapseApi.ROOT + "/" + request.getUriInfo().getPath(false));
    }

    private LiveSession<Grant> admit(Access access) {
        if (access instanceof Access.Granted granted) {
            return granted.session();
        }
        if (access instanceof Access.Refused refused) {
            throw ApiException.badCredentials(refused.reason());
        }
        if (!resource.getResourceMethod().isAnnotationPresent(WhileLocked.class)) {
            throw ApiException.locked();
        }
        return ((Access.Locked) access).session();
    }
}

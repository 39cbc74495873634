package org.lapse.access.activity;

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
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.BearerToken;
import org.lapse.platform.api.LapseApi;
import org.lapse.platform.api.WhileLocked;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.rules.excludedapi.ExcludedApis;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.ActivityRecorder;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.BackgroundCall;
import org.lapse.sessions.session.CurrentSession;
import org.lapse.sessions.session.EffectivePolicy;
import org.lapse.sessions.session.SessionPrincipal;

/**
 * Lets a call of {@code /api} pass only while its access token is active. The look-up in the ledger is the
 * authentication: only tokens that we issued are in it, so no signature is verified here, and an end holds at once.
 * The filter decides whether the call counts as activity; the resource's interceptor records it.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class ActiveSessionFilter implements ContainerRequestFilter {
    @Inject
    private Admission admission;

    @Inject
    private CurrentSession current;

    @Context
    private ResourceInfo resource;

    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request) {
        String accessToken = BearerToken.of(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElseThrow(ApiException::authenticationRequired);
        LiveSession<SessionPrincipal> session = admit(admission.admitHere(accessToken, http));
        ApiCall call = callOf(request);
        current.identify(session, call, counts(call, request, session));
        request.setSecurityContext(new BearerSecurityContext(
                session.principal().caller(accessToken),
                request.getSecurityContext().isSecure()));
    }

    /** The heartbeat is how a person at the screen is noticed, so no exclusion covers it. */
    private boolean counts(ApiCall call, ContainerRequestContext request, LiveSession<SessionPrincipal> session) {
        boolean inBackground =
                BackgroundCall.is(request.getHeaderString(BackgroundCall.HEADER), call, http.getQueryString());
        boolean isHeartbeat = resource.getResourceClass() == ActivityResource.class;
        return ActivityRecorder.counts(
                call,
                inBackground,
                isHeartbeat ? ExcludedApis.NONE : EffectivePolicy.of(session).exclusions());
    }

    /** The call as the patterns of excluded APIs see it: from the server's root, as it was sent. */
    private static ApiCall callOf(ContainerRequestContext request) {
        return new ApiCall(
                request.getMethod(), LapseApi.ROOT + "/" + request.getUriInfo().getPath(false));
    }

    private LiveSession<SessionPrincipal> admit(Access access) {
        if (access instanceof Access.Granted granted) {
            return granted.session();
        }
        if (access instanceof Access.Forbidden forbidden) {
            throw ApiException.notAuthorized(forbidden.reason());
        }
        if (access instanceof Access.Refused refused) {
            throw ApiException.badCredentials(refused.reason());
        }
        Access.Locked locked = (Access.Locked) access;
        if (!resource.getResourceMethod().isAnnotationPresent(WhileLocked.class)) {
            LockReason reason = locked.reason();
            throw ApiException.locked(reason.wireName(), reason.sentence());
        }
        return locked.session();
    }
}

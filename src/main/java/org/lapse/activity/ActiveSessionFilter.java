package org.lapse.activity;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lapse.api.ApiException;
import org.lapse.api.WhileLocked;
import org.lapse.clock.WallClock;
import org.lapse.ledger.LiveSession;
import org.lapse.session.CurrentSession;
import org.lapse.session.DueSessions;
import org.lapse.session.Grant;
import org.lapse.session.Sessions;

/**
 * Lets a call of {@code /api} pass only while its access token is active. The look-up in the ledger is the
 * authentication: only tokens that we issued are in it, so no signature is verified here, and an end holds at once.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class ActiveSessionFilter implements ContainerRequestFilter {
    private static final String BEARER = "bearer ";

    @Inject
    private Sessions sessions;

    @Inject
    private DueSessions dueSessions;

    @Inject
    private CurrentSession current;

    @Inject
    private WallClock clock;

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        String accessToken = accessTokenOf(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        LiveSession<Grant> session = sessions.find(accessToken)
                .orElseThrow(() -> ApiException.badCredentials("The access token is unknown or has ended."));
        switch (session.standing(clock.now())) {
            case ACTIVE -> {}
            case LOCKED -> refuseWhileLocked();
            case INACTIVE -> {
                if (!dueSessions.isLocked(session.holder())) {
                    throw ApiException.badCredentials("The access token ended because of inactivity.");
                }
                refuseWhileLocked();
            }
            case EXPIRED -> throw ApiException.badCredentials("The access token has expired.");
            case ENDED -> throw ApiException.badCredentials("The access token has ended.");
        }
        current.identify(session, !BackgroundCall.is(request));
        request.setSecurityContext(new BearerSecurityContext(
                session.holder().caller(accessToken),
                request.getSecurityContext().isSecure()));
    }

    private void refuseWhileLocked() {
        if (!resource.getResourceMethod().isAnnotationPresent(WhileLocked.class)) {
            throw ApiException.locked();
        }
    }

    private static String accessTokenOf(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw ApiException.authenticationRequired();
        }
        return authorization.substring(BEARER.length()).strip();
    }
}

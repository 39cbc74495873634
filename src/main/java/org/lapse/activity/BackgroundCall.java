package org.lapse.activity;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.lapse.api.LapseApi;
import org.lapse.excludedapi.ApiCall;

/** A call that says of itself that nobody is behind it. */
final class BackgroundCall {
    private static final String HEADER = "X-Background-Request";

    private BackgroundCall() {}

    /**
     * Whether the call carries {@code X-Background-Request: 1}, or is the vendor's
     * {@code GET /api/v2/tokens/me?preserveIdleTTL=true}.
     */
    static boolean is(ContainerRequestContext request) {
        return "1".equals(request.getHeaderString(HEADER))
                || (request.getMethod().equals(HttpMethod.GET)
                        && request.getUriInfo().getPath().endsWith("v2/tokens/me")
                        && "true"
                                .equals(request.getUriInfo()
                                        .getQueryParameters()
                                        .getFirst("preserveIdleTTL")));
    }

    /** The call as the patterns of excluded APIs see it: from the server's root, as it was sent. */
    static ApiCall apiOf(ContainerRequestContext request) {
        return new ApiCall(
                request.getMethod(), LapseApi.ROOT + "/" + request.getUriInfo().getPath(false));
    }
}
